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
 * sent and as decompressed; large bodies also reserve memory in {@link Space}.
 */
final class Body {

  private static final int MAX_LAYERS = 3;

  private Body() {}

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Read(byte[] bytes, long wireBytes) {}

  /**
   * The limits of one body.
   *
   * @param maxBytes the size limit, as sent and as decompressed
   * @param small up to this size a body needs no reservation
   * @param share holds the reservation
   * @param deadline ends the wait for memory
   * @param beginning true when only the first {@code small} bytes are wanted
   */
  record Limits(int maxBytes, int small, Space.Share share, Deadline deadline, boolean beginning) {}

  /**
   * Reads the whole body and decompresses it.
   *
   * @param encoding the header {@code Content-Encoding}
   * @param length the header {@code Content-Length}; negative when unknown
   * @throws TooLarge when the body exceeds the limit; the rest of the stream stays unread
   * @throws NoRoom when no memory was free before the deadline
   */
  static Read read(InputStream stream, String encoding, long length, Limits limits)
      throws IOException, BadEncoding, InterruptedException {
    Counted raw = new Counted(stream, limits.maxBytes());
    InputStream plain = decoded(raw, encoding);
    byte[] bytes = plain.readNBytes(Math.min(limits.small(), limits.maxBytes()) + 1);
    if (bytes.length > limits.small()) {
      boolean known = length >= 0 && plain == raw;
      takeRoom(known ? length : limits.maxBytes(), limits);
      bytes = with(bytes, plain.readNBytes(limits.maxBytes() + 1 - bytes.length));
      limits.share().keep(bytes.length);
    }
    if (bytes.length > limits.maxBytes()) {
      throw new TooLarge();
    }
    // A connection can be reused only after its body was read to the end.
    raw.transferTo(OutputStream.nullOutputStream());
    return new Read(bytes, raw.count);
  }

  /**
   * Reads the first bytes of a body and discards the rest.
   *
   * @param begun receives those bytes before the rest is read, which may fail as in {@link #read}
   */
  static void begin(InputStream stream, String encoding, Limits limits, Consumer<Read> begun)
      throws IOException, BadEncoding {
    Counted raw = new Counted(stream, limits.maxBytes());
    InputStream plain = decoded(raw, encoding);
    byte[] bytes = plain.readNBytes(Math.min(limits.small(), limits.maxBytes()));
    begun.accept(new Read(bytes, raw.count));
    raw.transferTo(OutputStream.nullOutputStream());
  }

  /** Reserves twice the size, because the parts and the whole exist at once. */
  private static void takeRoom(long bytes, Limits limits) throws NoRoom, InterruptedException {
    if (!limits.share().take(2 * bytes, limits.deadline())) {
      throw new NoRoom();
    }
  }

  private static byte[] with(byte[] start, byte[] rest) {
    byte[] whole = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, whole, start.length, rest.length);
    return whole;
  }

  private static InputStream decoded(InputStream raw, String encoding)
      throws IOException, BadEncoding {
    List<String> layers =
        Arrays.stream(encoding.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .filter(layer -> !layer.isEmpty() && !layer.equals("identity"))
            .toList();
    if (layers.size() > MAX_LAYERS) {
      throw new BadEncoding("that is compressed " + layers.size() + " times");
    }
    InputStream stream = raw;
    for (String layer : layers.reversed()) {
      stream =
          switch (layer) {
            case "gzip", "x-gzip" -> new GZIPInputStream(stream, 8_192);
            case "deflate" -> new DeflateInputStream(stream);
            default -> throw new BadEncoding("in an encoding that was not requested");
          };
    }
    return stream;
  }

  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static final class NoRoom extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static final class BadEncoding extends ProtocolException {
    private static final long serialVersionUID = 1L;

    BadEncoding(String message) {
      super(message);
    }
  }

  /** Counts the bytes read and fails above the limit. */
  private static final class Counted extends FilterInputStream {

    private final long limit;
    private long count;

    Counted(InputStream in, long limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      return b < 0 ? b : passed(1) == 1 ? b : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return passed(in.read(bytes, from, length));
    }

    @Override
    public long skip(long n) throws IOException {
      return in.readNBytes((int) Math.min(n, 8_192)).length;
    }

    private int passed(int n) throws TooLarge {
      count += Math.max(n, 0);
      if (count > limit) {
        throw new TooLarge();
      }
      return n;
    }
  }
}
