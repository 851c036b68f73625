package io.headgate.browser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Processes and all they have started: how much they hold, and their end without asking. */
final class Processes {

  private static final long END_SECONDS = 2;

  /** Of memory, in bytes; larger ones make the count too small, which does no harm. */
  private static final long PAGE = 4_096;

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

  /** Those whose command line names a folder or something in it. */
  static List<ProcessHandle> workingIn(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).contains(folder.toString()))
        .toList();
  }

  /** Its arguments with a NUL behind each; empty as {@link #read} has it. */
  static String commandLine(ProcessHandle process) {
    return read(process, "cmdline");
  }

  /**
   * Bytes of memory that are a process's and its descendants' own: what they share is not counted.
   * 0 where the system does not tell as Linux does.
   */
  static long memory(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants()).mapToLong(Processes::own).sum();
  }

  private static long own(ProcessHandle process) {
    String[] pages = read(process, "statm").split(" ", -1);
    return pages.length < 3 ? 0 : PAGE * (Long.parseLong(pages[1]) - Long.parseLong(pages[2]));
  }

  /** Empty for a process that is gone, or another user's. */
  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file), ISO_8859_1);
    } catch (IOException _) {
      return "";
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
