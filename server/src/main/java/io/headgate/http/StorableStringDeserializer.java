package io.headgate.http;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads JSON strings without coercion: numbers and booleans are refused. So are U+0000 and unpaired
 * surrogates, which PostgreSQL cannot store.
 */
final class StorableStringDeserializer extends StdDeserializer<String> {

  StorableStringDeserializer() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw MismatchedInputException.from(parser, String.class, "not a string");
    }
    String text = parser.getString();
    if (!isStorable(text)) {
      throw new InvalidInputException("", "contains a character that cannot be stored");
    }
    return text;
  }

  /** Returns whether PostgreSQL can store the text. */
  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (Character.isSurrogate(c) && !isPairAt(text, i))) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
      }
    }
    return true;
  }

  private static boolean isPairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }
}
