package io.headgate.processor.scrape;

import io.headgate.processor.scrape.ActionRunner.Piece;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What all for_each of a visit may gather together: they are kept in memory until it ends. */
final class Basket {

  static final int MOST_PIECES = 500;

  private final int mostBytes;
  private int pieces;
  private long bytes;

  Basket(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** How many bytes there is room for. */
  int room() {
    return (int) (mostBytes - bytes);
  }

  /** Why there is no room for a piece more. */
  Optional<String> full() {
    return pieces < MOST_PIECES
        ? Optional.empty()
        : Optional.of("more than " + MOST_PIECES + " pieces were gathered");
  }

  /** Why this one has no room; else it is in. */
  Optional<String> put(Piece piece) {
    pieces++;
    bytes += length(piece.html()) + length(piece.url());
    return bytes > mostBytes ? Optional.of(tooMuch()) : Optional.empty();
  }

  String tooMuch() {
    return String.format(
        Locale.ROOT, "with this piece more than max_bytes (%,d) was gathered", mostBytes);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
