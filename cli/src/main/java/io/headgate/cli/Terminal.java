package io.headgate.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/**
 * The input, output, environment and clock of a command.
 *
 * @param interactive true on a terminal; false in a pipe or a log
 */
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean interactive,
    Sleeper sleeper) {

  /** Waits; tests replace it. */
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  @SuppressWarnings(
      "SystemConsoleNull") // the contract allows null, and NullAway requires the check
  static Terminal system() {
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal();
    return new Terminal(
        System.in, System.out, System.err, System.getenv(), interactive, Thread::sleep);
  }
}
