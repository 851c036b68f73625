package io.headgate.browser;

import java.util.List;
import java.util.stream.Stream;

/** A process and all it has started, ended without asking. */
final class Processes {

  private Processes() {}

  /** What it started goes first: it cannot be found any more once its parent is gone. */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> below = root.descendants().toList();
    below.forEach(ProcessHandle::destroyForcibly);
    // What was started while the list was made.
    root.descendants().forEach(ProcessHandle::destroyForcibly);
    root.destroyForcibly();
  }

  /** The children of this process that run a driver of browsers. */
  static Stream<ProcessHandle> drivers() {
    return ProcessHandle.current().children().filter(Processes::isDriver);
  }

  private static boolean isDriver(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("run-driver");
  }
}
