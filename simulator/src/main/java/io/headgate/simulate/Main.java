package io.headgate.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;

/** The command {@code simulate}. */
public final class Main {

  private static final int FAILED = 1;

  private Main() {}

  /**
   * Runs the simulation and ends the process with 0 when every law held, 1 when a law was violated
   * or the simulation could not run, and 2 for invalid arguments.
   */
  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    int exit =
        new CommandLine(new SimulateCommand())
            .setCommandName("headgate simulate")
            .setExecutionExceptionHandler((problem, line, result) -> report(problem))
            .execute(args);
    System.exit(exit);
  }

  private static int report(Exception problem) {
    System.err.println("headgate: simulate failed: " + String.join(": ", messages(problem)));
    return FAILED;
  }

  /** The messages of an exception and its causes. */
  private static List<String> messages(Throwable problem) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      String message = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getName());
      if (messages.stream().noneMatch(earlier -> earlier.contains(message))) {
        messages.add(message);
      }
    }
    return messages;
  }
}
