package io.headgate.processor.scrape;

import io.headgate.processor.scrape.ActionRunner.Piece;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Limits the pieces that all for_each actions of an item capture, which stay in memory. */
final class Basket {

  static final int MOST_PIECES = 500;

  private final int mostBytes;
  private int pieces;
  private long bytes;

  Basket(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The number of bytes left. */
  int room() {
    return (int) (mostBytes - bytes);
  }

  /** Returns why no further piece is allowed; empty if one is. */
  Optional<String> full() {
    return pieces < MOST_PIECES
        ? Optional.empty()
        : Optional.of("more than " + MOST_PIECES + " pieces were captured");
  }

  /** Counts a piece. Returns why it exceeds the limit; empty if it does not. */
  Optional<String> put(Piece piece) {
    pieces++;
    bytes += length(piece.html()) + length(piece.url());
    return bytes > mostBytes ? Optional.of(tooMuch()) : Optional.empty();
  }

  String tooMuch() {
    return String.format(
        Locale.ROOT, "the captured pieces are larger than max_bytes (%,d)", mostBytes);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
