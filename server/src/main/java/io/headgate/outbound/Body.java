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
 * Reads a body whole, within a limit that holds for the bytes sent and for what they unpack to, and
 * within the space there is for all bodies; or only how it begins.
 */
final class Body {

  private static final int MAX_LAYERS = 3;

  private Body() {}

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Read(byte[] bytes, long wireBytes) {}

  /**
   * How much there may be of it.
   *
   * @param maxBytes as sent and as decompressed
   * @param small bytes that need no room of the share's
   * @param beginning true when the first of them are all that is wanted
   */
  record Limits(int maxBytes, int small, Space.Share share, Deadline deadline, boolean beginning) {}

  /**
   * @param encoding the header {@code Content-Encoding}
   * @param length the header {@code Content-Length}; negative when unknown
   * @throws TooLarge when either limit is passed; the stream is left where it stands
   * @throws NoRoom when there was no space before the deadline
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
    // Only a connection read to its end can be used again.
    raw.transferTo(OutputStream.nullOutputStream());
    return new Read(bytes, raw.count);
  }

  /**
   * The first bytes of a body, and then the rest for nobody.
   *
   * @param begun gets those bytes before the rest is read, which may fail as in {@link #read}
   */
  static void begin(InputStream stream, String encoding, Limits limits, Consumer<Read> begun)
      throws IOException, BadEncoding {
    Counted raw = new Counted(stream, limits.maxBytes());
    InputStream plain = decoded(raw, encoding);
    byte[] bytes = plain.readNBytes(Math.min(limits.small(), limits.maxBytes()));
    begun.accept(new Read(bytes, raw.count));
    raw.transferTo(OutputStream.nullOutputStream());
  }

  /** Twice: its pieces lie there until they are put together. */
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
      throw new BadEncoding("that is compressed " + layers.size() + " times over");
    }
    InputStream stream = raw;
    for (String layer : layers.reversed()) {
      stream =
          switch (layer) {
            case "gzip", "x-gzip" -> new GZIPInputStream(stream, 8_192);
            case "deflate" -> new DeflateInputStream(stream);
            default -> throw new BadEncoding("in an encoding that was not asked for");
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

  /** Counts what passes and stops at the limit. */
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
