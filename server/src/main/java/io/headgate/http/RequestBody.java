package io.headgate.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request. It can be digested while it is read, so that a body of any length can be
 * compared with an earlier one without storing it. Used by one thread.
 */
final class RequestBody {

  private final Supplier<InputStream> source;
  private final BodyReadTimeout readTimeout;
  private @Nullable MessageDigest digest;
  private @Nullable BodyInputStream stream;

  RequestBody(Supplier<InputStream> source, BodyReadTimeout readTimeout) {
    this.source = source;
    this.readTimeout = readTimeout;
  }

  /**
   * Updates the digest with every byte that is read.
   *
   * @throws IllegalStateException when reading has begun
   */
  void setDigest(MessageDigest newDigest) {
    if (stream != null) {
      throw new IllegalStateException("The digest must be set before the body is read.");
    }
    digest = newDigest;
  }

  /**
   * The stream of this body, the same on every call; it throws {@link ClientDisconnectedException}
   * on failure.
   */
  InputStream stream() {
    if (stream == null) {
      stream = new BodyInputStream(source.get(), readTimeout, digest);
    }
    return stream;
  }

  /** Reads the rest of the body up to {@code limit} bytes; returns whether that was all. */
  boolean drain(long limit) {
    byte[] buffer = new byte[8192];
    long remaining = limit;
    try {
      InputStream in = stream();
      int read = in.read(buffer);
      while (read >= 0 && remaining > 0) {
        remaining -= read;
        read = in.read(buffer);
      }
      return read < 0;
    } catch (IOException e) {
      throw new ClientDisconnectedException(e);
    }
  }

  private static final class BodyInputStream extends FilterInputStream {

    private final BodyReadTimeout readTimeout;
    private final @Nullable MessageDigest digest;

    BodyInputStream(InputStream in, BodyReadTimeout readTimeout, @Nullable MessageDigest digest) {
      super(in);
      this.readTimeout = readTimeout;
      this.digest = digest;
    }

    @Override
    public int read() {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int read = readFromClient(buffer, offset, length);
      if (read > 0 && digest != null) {
        digest.update(buffer, offset, read);
      }
      return read;
    }

    private int readFromClient(byte[] buffer, int offset, int length) {
      try {
        return readTimeout.read(in, buffer, offset, length);
      } catch (IOException | RuntimeException e) {
        // Helidon reports a closed connection and an invalid chunk as various RuntimeExceptions.
        throw new ClientDisconnectedException(e);
      }
    }

    @Override
    public long skip(long count) {
      throw new UnsupportedOperationException(
          "A body cannot be skipped, because its digest covers every byte.");
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
