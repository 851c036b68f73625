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
final class Body {

  private final Supplier<InputStream> source;
  private final Patience patience;
  private @Nullable MessageDigest digest;
  private @Nullable Reader reader;

  Body(Supplier<InputStream> source, Patience patience) {
    this.source = source;
    this.patience = patience;
  }

  /**
   * Updates the digest with every byte that is read.
   *
   * @throws IllegalStateException when reading has begun
   */
  void digestInto(MessageDigest with) {
    if (reader != null) {
      throw new IllegalStateException("The digest must be set before the body is read.");
    }
    digest = with;
  }

  /** The stream of this body, the same on every call; it throws {@link ClientGone} on failure. */
  InputStream stream() {
    if (reader == null) {
      reader = new Reader(source.get(), patience, digest);
    }
    return reader;
  }

  /** Reads the rest of the body up to {@code limit} bytes; returns whether that was all. */
  boolean drain(long limit) {
    byte[] buffer = new byte[8192];
    long left = limit;
    try {
      InputStream in = stream();
      int read = in.read(buffer);
      while (read >= 0 && left > 0) {
        left -= read;
        read = in.read(buffer);
      }
      return read < 0;
    } catch (IOException e) {
      throw new ClientGone(e);
    }
  }

  private static final class Reader extends FilterInputStream {

    private final Patience patience;
    private final @Nullable MessageDigest digest;

    Reader(InputStream in, Patience patience, @Nullable MessageDigest digest) {
      super(in);
      this.patience = patience;
      this.digest = digest;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int read = readOrGone(into, from, length);
      if (read > 0 && digest != null) {
        digest.update(into, from, read);
      }
      return read;
    }

    private int readOrGone(byte[] into, int from, int length) {
      try {
        return patience.read(in, into, from, length);
      } catch (IOException | RuntimeException e) {
        // Helidon reports a closed connection and an invalid chunk as various RuntimeExceptions.
        throw new ClientGone(e);
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
