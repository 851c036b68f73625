package io.headgate.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;

/** A body that can be read more than once: in memory if small, else in a temporary file. */
abstract sealed class Spool implements AutoCloseable {

  private static final int MAX_BYTES_IN_MEMORY = 1_048_576;

  /**
   * Reads the whole body; empty when it is longer than {@code limit} bytes.
   *
   * @throws IOException when reading fails or the disk is full
   */
  static Optional<Spool> of(InputStream body, long limit) throws IOException {
    byte[] head = body.readNBytes(MAX_BYTES_IN_MEMORY);
    if (head.length < MAX_BYTES_IN_MEMORY) {
      return Optional.of(new MemorySpool(head));
    }
    // DELETE_ON_CLOSE also removes the file when the process dies.
    FileChannel file =
        FileChannel.open(
            Files.createTempFile("headgate-body", ".json"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    FileSpool spool = new FileSpool(file);
    try {
      file.write(ByteBuffer.wrap(head));
      InputStream rest = BoundedInputStream.builder().setInputStream(body).setMaxCount(limit).get();
      if (head.length + rest.transferTo(Channels.newOutputStream(file)) <= limit) {
        return Optional.of(spool);
      }
      spool.close();
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /** Returns a stream of the body from offset {@code offset}. */
  abstract InputStream from(long offset) throws IOException;

  /** Returns the bytes {@code [from, to)} of the body. */
  abstract byte[] slice(long from, long to) throws IOException;

  @Override
  public abstract void close() throws IOException;

  private static final class MemorySpool extends Spool {
    private final byte[] bytes;

    MemorySpool(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    InputStream from(long offset) {
      return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }

    @Override
    byte[] slice(long from, long to) {
      return Arrays.copyOfRange(bytes, (int) from, (int) to);
    }

    @Override
    public void close() {}
  }

  private static final class FileSpool extends Spool {
    private final FileChannel file;

    FileSpool(FileChannel file) {
      this.file = file;
    }

    @Override
    InputStream from(long offset) throws IOException {
      file.position(offset);
      return CloseShieldInputStream.wrap(Channels.newInputStream(file));
    }

    @Override
    byte[] slice(long from, long to) throws IOException {
      ByteBuffer piece = ByteBuffer.allocate((int) (to - from));
      while (piece.hasRemaining()) {
        if (file.read(piece, from + piece.position()) < 0) {
          throw new IOException("The temporary file of a request body is shorter than the body.");
        }
      }
      return piece.array();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
