package io.headgate.intake;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Describes invalid JSON to clients. */
final class Json {

  private static final int LONGEST = 200;

  private Json() {}

  /** Returns what is wrong and where, without the parts of the message meant for programmers. */
  static String complaint(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String column = at == null || at.getColumnNr() < 1 ? "" : " (column " + at.getColumnNr() + ")";
    return what(e) + column;
  }

  private static String what(JacksonException e) {
    String said = e.getOriginalMessage();
    if (e instanceof StreamConstraintsException) {
      return said.contains("nesting depth")
          ? "nests deeper than " + ItemSource.MAX_DEPTH + " levels"
          : "contains a number, name or string that is too long";
    }
    if (said.startsWith("Duplicate Object property")) {
      return "repeats a key";
    }
    String what = said.split("\n| \\(start marker|: enable | \\(from `|, from `", 2)[0];
    return "is not JSON: " + (what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what);
  }
}
