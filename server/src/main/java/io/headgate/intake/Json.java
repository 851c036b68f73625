package io.headgate.intake;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** How broken JSON is told to whoever wrote it. */
final class Json {

  private static final int LONGEST = 200;

  private Json() {}

  /** What the parser did not like and where, without the parser's advice to programmers. */
  static String complaint(JacksonException e) {
    String what = e.getOriginalMessage().split("\n| \\(start marker", 2)[0];
    String start = what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what;
    TokenStreamLocation at = e.getLocation();
    String column = at == null || at.getColumnNr() < 1 ? "" : " (column " + at.getColumnNr() + ")";
    return "is not JSON: " + start + column;
  }
}
