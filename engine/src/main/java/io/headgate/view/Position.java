package io.headgate.view;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in the settle order of a batch, as text {@code <epoch>.<ordinal>}. The epoch is raised
 * under the lock of the batch row, so no item settles before a position that a reader has already
 * received.
 */
public record Position(long epoch, int ordinal) implements Comparable<Position> {

  /** Before the first result. */
  public static final Position START = new Position(0, -1);

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})");

  /** Parses a position; empty when {@code text} is not one. */
  public static Optional<Position> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Position(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public int compareTo(Position other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Integer.compare(ordinal, other.ordinal);
  }

  @Override
  public String toString() {
    return epoch + "." + ordinal;
  }
}
