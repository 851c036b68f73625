package io.headgate;

import java.nio.file.FileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Describes an exception with all its causes in one line, for operators. */
final class Reasons {

  private Reasons() {}

  static String of(Throwable problem) {
    StringBuilder all = new StringBuilder(said(problem));
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      String said = said(cause);
      if (all.indexOf(said) < 0) { // most messages repeat that of their cause
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
    // Without a reason the message is only the path, and the class name is the reason.
    boolean pathOnly = one instanceof FileSystemException file && file.getReason() == null;
    return pathOnly ? words(one) + " " + message : message;
  }

  /** Returns the class name as words: "access denied" for {@code AccessDeniedException}. */
  private static String words(Throwable one) {
    return one.getClass()
        .getSimpleName()
        .replaceFirst("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
