package io.headgate;

import java.nio.file.FileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why something failed, in one line for an operator: what went wrong, down to its first cause. */
final class Reasons {

  private Reasons() {}

  static String of(Throwable problem) {
    StringBuilder all = new StringBuilder(said(problem));
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      String said = said(cause);
      if (all.indexOf(said) < 0) { // most repeat their cause
        all.append(": ").append(said);
      }
    }
    return all.toString();
  }

  private static String said(Throwable one) {
    @Nullable String message = one.getMessage();
    if (message == null || message.isBlank()) {
      return words(one);
    }
    // These say the path alone, and the reason with their name.
    boolean pathOnly = one instanceof FileSystemException file && file.getReason() == null;
    return pathOnly ? words(one) + " " + message : message;
  }

  /** {@code AccessDeniedException} says "access denied". */
  private static String words(Throwable one) {
    return one.getClass()
        .getSimpleName()
        .replaceFirst("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
