package io.headgate.browser;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process and all it has started, ended without asking. */
final class Processes {

  private static final long END_SECONDS = 2;

  private Processes() {}

  /**
   * What it started goes first: it cannot be found any more once its parent is gone. Returns when
   * {@code root} is gone too, which takes a moment after the signal.
   */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> below = root.descendants().toList();
    below.forEach(ProcessHandle::destroyForcibly);
    // What was started while the list was made.
    root.descendants().forEach(ProcessHandle::destroyForcibly);
    root.destroyForcibly();
    awaitEnd(root);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // The signal is out; more cannot be done.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The children of this process that run a driver of browsers. */
  static Stream<ProcessHandle> drivers() {
    return ProcessHandle.current().children().filter(Processes::isDriver);
  }

  private static boolean isDriver(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("run-driver");
  }
}
