package io.headgate.batch;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids are UUIDv7: one 128-bit value, ordered by its time of creation, in lower case. */
public final class Ids {

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** An id that nothing has; used in place of a text that is no id. */
  public static final UUID NIL = new UUID(0, 0);

  private Ids() {}

  /** A new id, larger than every earlier one of this process. */
  public static UUID next() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  /** The id written as {@code text}, or empty when it is not one in canonical form. */
  public static Optional<UUID> parse(String text) {
    return CANONICAL.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
