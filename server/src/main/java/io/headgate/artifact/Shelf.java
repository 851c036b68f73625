package io.headgate.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where bytes lie: a folder or a bucket. What lies under an id never changes. A shelf is never
 * listed: which ids there are is known from the rows of {@code artifact}.
 */
interface Shelf extends AutoCloseable {

  /** Tells this folder or bucket from every other, for ever. */
  String name();

  /**
   * Puts the file there, whole or not at all, and durably. What a crash leaves half done is not
   * found by {@link #open} and goes with {@link #delete}.
   *
   * @param bytes how long the file is
   * @throws IOException when there is no room, nobody answers, or the file is not of that length
   */
  void put(UUID id, Path file, long bytes) throws IOException;

  /**
   * A stream that begins at {@code from}; it may go on past {@code length} bytes.
   *
   * @throws IOException when there is nothing, or nobody answers
   */
  InputStream open(UUID id, long from, long length) throws IOException;

  /** Whatever is there under the id is gone; nothing there is as good. */
  void delete(UUID id) throws IOException;

  @Override
  void close();
}
