package io.headgate;

import java.nio.file.FileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Describes an exception with all its causes in one line, for operators. */
final class ErrorMessages {

  private ErrorMessages() {}

  static String of(Throwable problem) {
    StringBuilder text = new StringBuilder(messageOf(problem));
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      String message = messageOf(cause);
      if (text.indexOf(message) < 0) { // most messages repeat that of their cause
        text.append(": ").append(message);
      }
    }
    return text.toString();
  }

  private static String messageOf(Throwable throwable) {
    @Nullable String message = throwable.getMessage();
    if (message == null || message.isBlank()) {
      return nameAsWords(throwable);
    }
    // Without a reason the message is only the path, and the class name is the reason.
    boolean pathOnly = throwable instanceof FileSystemException file && file.getReason() == null;
    return pathOnly ? nameAsWords(throwable) + " " + message : message;
  }

  /** Returns the class name as words: "access denied" for {@code AccessDeniedException}. */
  private static String nameAsWords(Throwable throwable) {
    return throwable
        .getClass()
        .getSimpleName()
        .replaceFirst("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
