package io.headgate.api;

import io.headgate.batch.ViolationKind;
import io.headgate.http.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Validates the names of accounts, keys and workers. */
public final class NameCheck {

  public static final int MAX_LENGTH = 255;

  private NameCheck() {}

  /**
   * Returns {@code name} unchanged.
   *
   * @throws InvalidInputException unless it has 1 to 255 characters, not all blank, no control
   *     characters
   */
  public static String checked(String field, @Nullable String name) {
    if (name == null || name.isBlank() || name.codePointCount(0, name.length()) > MAX_LENGTH) {
      throw new InvalidInputException(
          field,
          "must have 1 to " + MAX_LENGTH + " characters, at least one of them not a space",
          ViolationKind.TOO_LONG);
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInputException(field, "must not contain control characters");
    }
    return name;
  }
}
