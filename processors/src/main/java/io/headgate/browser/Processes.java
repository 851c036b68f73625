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

/** Measures and kills processes together with their descendants. */
final class Processes {

  private static final long END_SECONDS = 2;

  /** The size of a memory page in bytes. Where pages are larger the result is merely too small. */
  private static final long MEMORY_PAGE_BYTES = 4_096;

  private Processes() {}

  /**
   * Kills a process and its descendants. The descendants come first, because they cannot be found
   * once their parent has ended. Returns when {@code root} has ended, or after two seconds.
   */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> below = root.descendants().toList();
    below.forEach(ProcessHandle::destroyForcibly);
    // Those that were started while the list was made.
    root.descendants().forEach(ProcessHandle::destroyForcibly);
    root.destroyForcibly();
    awaitEnd(root);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // The signal was sent; nothing else helps.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The processes whose command line contains the path of the folder. */
  static List<ProcessHandle> workingIn(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).contains(folder.toString()))
        .toList();
  }

  /** The arguments of a process, each followed by NUL; empty when they cannot be read. */
  static String commandLine(ProcessHandle process) {
    return read(process, "cmdline");
  }

  /**
   * The memory of a process and its descendants in bytes, without shared memory. 0 on systems other
   * than Linux.
   */
  static long memory(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants()).mapToLong(Processes::ownMemory).sum();
  }

  private static long ownMemory(ProcessHandle process) {
    String[] pages = read(process, "statm").split(" ", -1);
    return pages.length < 3
        ? 0
        : MEMORY_PAGE_BYTES * (Long.parseLong(pages[1]) - Long.parseLong(pages[2]));
  }

  /** Empty for a process that has ended or belongs to another user. */
  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file), ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  /** The children of this process that are Playwright drivers. */
  static Stream<ProcessHandle> drivers() {
    return ProcessHandle.current().children().filter(Processes::isDriver);
  }

  private static boolean isDriver(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("run-driver");
  }
}
