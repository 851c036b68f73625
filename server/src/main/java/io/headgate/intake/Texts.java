package io.headgate.intake;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a text must be so that PostgreSQL takes it and UTF-8 can write it. */
final class Texts {

  static final int MAX_REF = 255;

  private Texts() {}

  /** What is wrong with a ref or a parent; null when nothing is, or there is none. */
  static @Nullable String wrongRef(@Nullable JsonNode ref) {
    if (ref == null || ref.isNull()) {
      return null;
    }
    return ref.isString() ? wrongName(ref.stringValue()) : "must be a string";
  }

  /** What is wrong with a name of 1 to 255 characters; null when nothing is. */
  static @Nullable String wrongName(String name) {
    if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_REF) {
      return "must have 1 to " + MAX_REF + " characters";
    }
    return storable(name) ? null : "must not contain NUL or half of a surrogate pair";
  }

  static boolean storable(String text) {
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
