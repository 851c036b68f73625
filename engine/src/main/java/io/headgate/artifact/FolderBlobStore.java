package io.headgate.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Stores files in a folder of this machine or a shared file system. */
final class FolderBlobStore implements BlobStore {

  private static final String NAME_FILE = "store-id";

  private final Path root;
  private final String name;

  /**
   * @throws UncheckedIOException when the folder cannot be created or read
   */
  FolderBlobStore(Path root) {
    this.root = root;
    try {
      Files.createDirectories(root);
      this.name = "folder:" + readOrCreateName(root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot store artifacts in " + root, e);
    }
  }

  /** Kept in a file of the folder, so that it moves with the folder and is unique to it. */
  private static String readOrCreateName(Path root) throws IOException {
    Path file = root.resolve(NAME_FILE);
    if (!Files.exists(file)) {
      Path fresh = Files.createTempFile(root, NAME_FILE, ".part");
      Files.writeString(fresh, UUID.randomUUID().toString());
      try {
        Files.createLink(file, fresh); // unlike a move, it never replaces an existing file
      } catch (FileAlreadyExistsException e) {
        // Another process was faster; its name is used.
      }
      Files.delete(fresh);
    }
    return Files.readString(file).strip();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void put(UUID id, Path file, long bytes) throws IOException {
    Path folder = Files.createDirectories(folder(id));
    Path target = path(id);
    Path part = part(target);
    copy(file, part, bytes);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  private static void copy(Path file, Path part, long bytes) throws IOException {
    try (FileChannel from = FileChannel.open(file);
        FileChannel to =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      long copied = 0;
      long more = 1;
      while (copied < bytes && more > 0) {
        more = from.transferTo(copied, bytes - copied, to);
        copied += more;
      }
      if (copied != bytes || from.size() != bytes) {
        throw new IOException("the file changed while it was read");
      }
      to.force(true);
    }
  }

  /** Makes the directory entry survive a power failure, as the file does. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder)) {
      entries.force(true);
    }
  }

  @Override
  public InputStream open(UUID id, long from, long length) throws IOException {
    FileChannel channel = FileChannel.open(path(id));
    try {
      return Channels.newInputStream(channel.position(from));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void delete(UUID id) throws IOException {
    Path target = path(id);
    Files.deleteIfExists(part(target));
    Files.deleteIfExists(target);
  }

  /** One of 256 folders. They are never removed, so that no concurrent write misses its folder. */
  private Path folder(UUID id) {
    return root.resolve(id.toString().substring(0, 2));
  }

  private Path path(UUID id) {
    return folder(id).resolve(id.toString());
  }

  private static Path part(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  @Override
  public void close() {
    // No file stays open.
  }
}
