package io.headgate.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Storage for files: a folder or a bucket. A stored file never changes. There is no way to list the
 * files, because the rows of {@code artifact} contain all ids. Thread-safe.
 */
interface BlobStore extends AutoCloseable {

  /** The permanent, unique name of this folder or bucket. */
  String name();

  /**
   * Stores a file durably, completely or not at all. A partial file after a crash is not visible to
   * {@link #open}; {@link #delete} removes it.
   *
   * @param bytes the length of the file
   * @throws IOException when the storage is full or unreachable, or the file has another length
   */
  void put(UUID id, Path file, long bytes) throws IOException;

  /**
   * Opens a file at offset {@code from}. The stream may continue after {@code length} bytes.
   *
   * @throws IOException when the file does not exist or the storage is unreachable
   */
  InputStream open(UUID id, long from, long length) throws IOException;

  /** Deletes the file, complete or partial. Does nothing when there is none. */
  void delete(UUID id) throws IOException;

  @Override
  void close();
}
