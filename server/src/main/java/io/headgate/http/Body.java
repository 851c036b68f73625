package io.headgate.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request as it comes in. A digest can follow along, so that a stream of any length
 * can be compared with an earlier one without being kept.
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

  /** From now on every byte read goes through {@code digest}; before anything was read. */
  void digestInto(MessageDigest with) {
    if (reader != null) {
      throw new IllegalStateException("the body was read already");
    }
    digest = with;
  }

  /** The one stream of this body; its failures are {@link ClientGone}. */
  InputStream stream() {
    if (reader == null) {
      reader = new Reader(source.get(), patience, digest);
    }
    return reader;
  }

  /** Reads what is left, at most {@code limit} bytes; true when that was all. */
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
        // Helidon reports a torn connection or a bad chunk with exceptions of its own.
        throw new ClientGone(e);
      }
    }

    @Override
    public long skip(long count) {
      throw new UnsupportedOperationException("every byte of a body is read");
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
