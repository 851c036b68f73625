package io.headgate.processor.scrape;

import io.headgate.processor.scrape.ActionRunner.CapturedPiece;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Limits the pieces that all for_each actions of an item capture, which stay in memory. */
final class CaptureLimit {

  static final int MAX_PIECES = 500;

  private final int maxBytes;
  private int pieces;
  private long bytes;

  CaptureLimit(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The number of bytes left. */
  int remainingBytes() {
    return (int) (maxBytes - bytes);
  }

  /** Returns why no further piece is allowed; empty if one is. */
  Optional<String> refusalIfFull() {
    return pieces < MAX_PIECES
        ? Optional.empty()
        : Optional.of("more than " + MAX_PIECES + " pieces were captured");
  }

  /** Counts a piece. Returns why it exceeds the limit; empty if it does not. */
  Optional<String> add(CapturedPiece piece) {
    pieces++;
    bytes += length(piece.html()) + length(piece.url());
    return bytes > maxBytes ? Optional.of(tooLargeMessage()) : Optional.empty();
  }

  String tooLargeMessage() {
    return String.format(
        Locale.ROOT, "the captured pieces are larger than max_bytes (%,d)", maxBytes);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
