package io.headgate.view;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the settle order of a batch, written {@code <epoch>.<ordinal>}. Epochs are raised
 * under the batch row's lock, so nothing ever settles before a position that somebody has read.
 */
public record Position(long epoch, int ordinal) implements Comparable<Position> {

  /** Before the first result. */
  public static final Position START = new Position(0, -1);

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})");

  /** The position written as {@code text}; empty when it is none. */
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
