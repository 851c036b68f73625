package io.headgate.intake;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Describes invalid JSON to clients. */
final class JsonErrorText {

  private static final int MAX_LENGTH = 200;

  private JsonErrorText() {}

  /** Returns what is wrong and where, without the parts of the message meant for programmers. */
  static String describe(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    String column =
        location == null || location.getColumnNr() < 1
            ? ""
            : " (column " + location.getColumnNr() + ")";
    return reason(e) + column;
  }

  private static String reason(JacksonException e) {
    String message = e.getOriginalMessage();
    if (e instanceof StreamConstraintsException) {
      return message.contains("nesting depth")
          ? "nests deeper than " + ItemSource.MAX_DEPTH + " levels"
          : "contains a number, name or string that is too long";
    }
    if (message.startsWith("Duplicate Object property")) {
      return "repeats a key";
    }
    String detail = message.split("\n| \\(start marker|: enable | \\(from `|, from `", 2)[0];
    return "is not JSON: "
        + (detail.length() > MAX_LENGTH ? detail.substring(0, MAX_LENGTH) + "…" : detail);
  }
}
