package io.headgate.intake;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks refs, and texts that PostgreSQL and UTF-8 must be able to store. */
final class RefText {

  static final int MAX_REF_LENGTH = 255;

  private RefText() {}

  /** Returns the error of a ref or a parent; null when it is valid or missing. */
  static @Nullable String refProblem(@Nullable JsonNode ref) {
    if (ref == null || ref.isNull()) {
      return null;
    }
    return ref.isString() ? lengthProblem(ref.stringValue()) : "must be a string";
  }

  /** Returns the error of a text that must have 1 to 255 characters; null when it is valid. */
  static @Nullable String lengthProblem(String name) {
    if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_REF_LENGTH) {
      return "must have 1 to " + MAX_REF_LENGTH + " characters";
    }
    return isStorable(name) ? null : "must not contain NUL or an unpaired surrogate";
  }

  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
