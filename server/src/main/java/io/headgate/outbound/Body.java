package io.headgate.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.entity.DeflateInputStream;
import org.apache.hc.core5.http.ProtocolException;

/** Reads a body whole, within a limit that holds for the bytes sent and for what they unpack to. */
final class Body {

  private static final int MAX_LAYERS = 3;

  private Body() {}

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Read(byte[] bytes, long wireBytes) {}

  /**
   * @param encoding the header {@code Content-Encoding}
   * @throws TooLarge when either limit is passed; the stream is left where it stands
   */
  static Read read(InputStream stream, String encoding, int maxBytes)
      throws IOException, BadEncoding {
    Counted raw = new Counted(stream, maxBytes);
    byte[] bytes = decoded(raw, encoding).readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new TooLarge();
    }
    // Only a connection read to its end can be used again.
    raw.transferTo(OutputStream.nullOutputStream());
    return new Read(bytes, raw.count);
  }

  private static InputStream decoded(InputStream raw, String encoding)
      throws IOException, BadEncoding {
    List<String> layers =
        Arrays.stream(encoding.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .filter(layer -> !layer.isEmpty() && !layer.equals("identity"))
            .toList();
    if (layers.size() > MAX_LAYERS) {
      throw new BadEncoding("the response is compressed " + layers.size() + " times over");
    }
    InputStream stream = raw;
    for (String layer : layers.reversed()) {
      stream =
          switch (layer) {
            case "gzip", "x-gzip" -> new GZIPInputStream(stream, 8_192);
            case "deflate" -> new DeflateInputStream(stream);
            default ->
                throw new BadEncoding("the response has a content encoding that was not asked for");
          };
    }
    return stream;
  }

  static final class TooLarge extends IOException {
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
