package io.headgate.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/**
 * Where a command reads, writes and waits.
 *
 * @param interactive true when a person looks on; false in a pipe or a log
 */
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean interactive,
    Pause pause) {

  /** Lets time pass. */
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  @SuppressWarnings(
      "SystemConsoleNull") // its contract still allows null, and NullAway holds it to that
  static Terminal system() {
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal();
    return new Terminal(
        System.in, System.out, System.err, System.getenv(), interactive, Thread::sleep);
  }
}
