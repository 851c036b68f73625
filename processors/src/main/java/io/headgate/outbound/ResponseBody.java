package io.headgate.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.entity.DeflateInputStream;
import org.apache.hc.core5.http.ProtocolException;

/**
 * Reads response bodies, completely or only their beginning. A size limit applies to the bytes as
 * sent and as decompressed; large bodies also reserve memory in {@link BodyMemoryBudget}.
 */
final class ResponseBody {

  private static final int MAX_LAYERS = 3;

  private ResponseBody() {}

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record BodyBytes(byte[] bytes, long wireBytes) {}

  /**
   * The limits of one body.
   *
   * @param maxBytes the size limit, as sent and as decompressed
   * @param smallBytes up to this size a body needs no reservation
   * @param reservation holds the reservation
   * @param deadline ends the wait for memory
   * @param beginningOnly true when only the first {@code smallBytes} bytes are wanted
   */
  record BodyLimits(
      int maxBytes,
      int smallBytes,
      BodyMemoryBudget.MemoryReservation reservation,
      Deadline deadline,
      boolean beginningOnly) {}

  /**
   * Reads the whole body and decompresses it.
   *
   * @param encoding the header {@code Content-Encoding}
   * @param length the header {@code Content-Length}; negative when unknown
   * @throws TooLargeException when the body exceeds the limit; the rest of the stream stays unread
   * @throws NoMemoryException when no memory was free before the deadline
   */
  static BodyBytes read(InputStream stream, String encoding, long length, BodyLimits limits)
      throws IOException, BadEncodingException, InterruptedException {
    CountingStream raw = new CountingStream(stream, limits.maxBytes());
    InputStream plain = decompressed(raw, encoding);
    byte[] bytes = plain.readNBytes(Math.min(limits.smallBytes(), limits.maxBytes()) + 1);
    if (bytes.length > limits.smallBytes()) {
      boolean known = length >= 0 && plain == raw;
      reserve(known ? length : limits.maxBytes(), limits);
      bytes = joined(bytes, plain.readNBytes(limits.maxBytes() + 1 - bytes.length));
      limits.reservation().shrinkTo(bytes.length);
    }
    if (bytes.length > limits.maxBytes()) {
      throw new TooLargeException();
    }
    // A connection can be reused only after its body was read to the end.
    raw.transferTo(OutputStream.nullOutputStream());
    return new BodyBytes(bytes, raw.count);
  }

  /**
   * Reads the first bytes of a body and discards the rest.
   *
   * @param receiver receives those bytes before the rest is read, which may fail as in {@link
   *     #read}
   */
  static void readBeginning(
      InputStream stream, String encoding, BodyLimits limits, Consumer<BodyBytes> receiver)
      throws IOException, BadEncodingException {
    CountingStream raw = new CountingStream(stream, limits.maxBytes());
    InputStream plain = decompressed(raw, encoding);
    byte[] bytes = plain.readNBytes(Math.min(limits.smallBytes(), limits.maxBytes()));
    receiver.accept(new BodyBytes(bytes, raw.count));
    raw.transferTo(OutputStream.nullOutputStream());
  }

  /** Reserves twice the size, because the parts and the whole exist at once. */
  private static void reserve(long bytes, BodyLimits limits)
      throws NoMemoryException, InterruptedException {
    if (!limits.reservation().reserve(2 * bytes, limits.deadline())) {
      throw new NoMemoryException();
    }
  }

  private static byte[] joined(byte[] start, byte[] rest) {
    byte[] whole = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, whole, start.length, rest.length);
    return whole;
  }

  private static InputStream decompressed(InputStream raw, String encoding)
      throws IOException, BadEncodingException {
    List<String> layers =
        Arrays.stream(encoding.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .filter(layer -> !layer.isEmpty() && !layer.equals("identity"))
            .toList();
    if (layers.size() > MAX_LAYERS) {
      throw new BadEncodingException("that is compressed " + layers.size() + " times");
    }
    InputStream stream = raw;
    for (String layer : layers.reversed()) {
      stream =
          switch (layer) {
            case "gzip", "x-gzip" -> new GZIPInputStream(stream, 8_192);
            case "deflate" -> new DeflateInputStream(stream);
            default -> throw new BadEncodingException("in an encoding that was not requested");
          };
    }
    return stream;
  }

  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static final class NoMemoryException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static final class BadEncodingException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    BadEncodingException(String message) {
      super(message);
    }
  }

  /** Counts the bytes read and fails above the limit. */
  private static final class CountingStream extends FilterInputStream {

    private final long limit;
    private long count;

    CountingStream(InputStream in, long limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      return b < 0 ? b : counted(1) == 1 ? b : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return counted(in.read(bytes, from, length));
    }

    @Override
    public long skip(long n) throws IOException {
      return in.readNBytes((int) Math.min(n, 8_192)).length;
    }

    private int counted(int n) throws TooLargeException {
      count += Math.max(n, 0);
      if (count > limit) {
        throw new TooLargeException();
      }
      return n;
    }
  }
}
