package io.headgate.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for temporary files with exactly one owner, marked by a lock file that is locked as long
 * as the owner lives. Opening a folder also removes abandoned folders beside it and kills the
 * processes that still work in them; folders whose lock is held stay untouched. Thread-safe.
 */
final class WorkDirectory implements AutoCloseable {

  /** The path of a Unix socket has at most 108 bytes, and the browser needs half of them. */
  private static final int MAX_LENGTH = 55;

  private static final String PREFIX = "headgate-";
  private static final String LOCK = ".lock";
  private static final int SUBFOLDER_LENGTH = PREFIX.length() + 8 + 6;

  /**
   * The lock files of this process. They must not be opened a second time: closing any channel to a
   * locked file releases the lock of the whole process.
   */
  private static final Set<Path> LOCKS_OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  /** Kept reachable: the garbage collector would close the channel and release the lock. */
  private static @Nullable WorkDirectory ofProcess;

  private final Path folder;
  private final FileChannel lock;
  private final AtomicInteger created = new AtomicInteger();
  private final Set<Path> notYetRemoved = ConcurrentHashMap.newKeySet();

  private WorkDirectory(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Creates a folder and removes abandoned ones.
   *
   * @param parent the parent folder; the machine's temporary folder is used instead when this path
   *     is too long for a browser
   * @throws UncheckedIOException when the folder cannot be created
   */
  static WorkDirectory open(Path parent) {
    Path temporary = temporary();
    Path base = parent.toAbsolutePath().normalize();
    removeAbandoned(base);
    removeAbandoned(temporary);
    try {
      return createIn(base.toString().length() + SUBFOLDER_LENGTH <= MAX_LENGTH ? base : temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder that exists as long as this process. */
  static synchronized Path ofThisProcess() {
    if (ofProcess != null) {
      return ofProcess.folder;
    }
    try {
      Path temporary = temporary();
      removeAbandoned(temporary);
      WorkDirectory directory = createIn(temporary);
      ofProcess = directory;
      // Deleted in reverse order of registration: the files in the folder, the folder, the lock.
      lockOf(directory.folder).toFile().deleteOnExit();
      directory.folder.toFile().deleteOnExit();
      return directory.folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + LOCK);
  }

  private static WorkDirectory createIn(Path base) throws IOException {
    Files.createDirectories(base);
    while (true) {
      String name = PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
      Path file = base.resolve(name + LOCK);
      if (!LOCKS_OF_THIS_PROCESS.add(file)) {
        continue;
      }
      FileChannel lock = tryLock(file);
      if (lock != null) {
        return new WorkDirectory(Files.createDirectories(base.resolve(name)), lock);
      }
      LOCKS_OF_THIS_PROCESS.remove(file);
    }
  }

  /** Null when another process locked the file first; it may have removed the file by now. */
  private static @Nullable FileChannel tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null && Files.exists(file)) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // another thread of this process holds it
    }
    channel.close();
    return null;
  }

  /** Creates a folder for one browser; see {@link #release}. */
  Path createFolder() {
    try {
      return Files.createDirectories(folder.resolve(String.valueOf(created.incrementAndGet())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes the folder of a browser that ended. What cannot be removed is tried again with the next
   * one, because a killed process may still be writing.
   */
  void release(Path browserFolder) {
    notYetRemoved.add(browserFolder);
    notYetRemoved.forEach(WorkDirectory::remove);
    notYetRemoved.removeIf(each -> !Files.exists(each));
  }

  /** Deletes the folder; files that cannot be deleted stay. */
  static void remove(Path folder) {
    try {
      Files.walkFileTree(folder, new RecursiveDelete());
    } catch (IOException _) {
      // removed when the next folder is opened
    }
  }

  private static void removeAbandoned(Path base) {
    if (!Files.isDirectory(base)) {
      return;
    }
    try (Stream<Path> all = Files.list(base)) {
      all.filter(WorkDirectory::isLock)
          .filter(file -> !LOCKS_OF_THIS_PROCESS.contains(file))
          .forEach(WorkDirectory::removeIfAbandoned);
    } catch (IOException | UncheckedIOException _) {
      // tried again when the next folder is opened
    }
  }

  private static boolean isLock(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(PREFIX) && name.endsWith(LOCK);
  }

  private static void removeIfAbandoned(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        String path = file.toString();
        Path abandoned = Path.of(path.substring(0, path.length() - LOCK.length()));
        List<ProcessHandle> running = Processes.workingIn(abandoned);
        running.forEach(Processes::kill);
        remove(abandoned);
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException _) {
      // the owner lives, or it belongs to another user
    }
  }

  @Override
  public void close() {
    Path file = lockOf(folder);
    remove(folder);
    try {
      Files.deleteIfExists(file);
      lock.close();
    } catch (IOException _) {
      // the end of the process releases the lock
    } finally {
      LOCKS_OF_THIS_PROCESS.remove(file);
    }
  }

  private static final class RecursiveDelete extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return delete(folder);
    }

    private static FileVisitResult delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException _) {
        // removed when the next folder is opened
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
