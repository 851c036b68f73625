package io.headgate.api;

import io.headgate.batch.Flaw;
import io.headgate.http.InvalidInput;
import org.jspecify.annotations.Nullable;

/** Names people give to accounts and keys. */
public final class Names {

  public static final int MAX_LENGTH = 255;

  private Names() {}

  /**
   * @throws InvalidInput unless it has 1 to 255 characters, none of them a control character
   */
  public static String checked(String field, @Nullable String name) {
    if (name == null || name.isBlank() || name.codePointCount(0, name.length()) > MAX_LENGTH) {
      throw new InvalidInput(
          field, "must be 1 to " + MAX_LENGTH + " characters, not all blank", Flaw.TOO_LONG);
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInput(field, "must not contain control characters");
    }
    return name;
  }
}
