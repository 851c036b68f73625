package io.headgate.browser;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.http.message.LineParser;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of HTTP/1 messages from one side of a connection with the parser of Apache
 * HttpCore. Requests are read strictly, because a head that two readers understand differently
 * could be used to smuggle a second request past the target check. Responses are read as leniently
 * as browsers do. Not thread-safe.
 */
final class HttpHeadReader {

  /** A request: its head, and the two parts of the request line that matter to a proxy. */
  record RequestHead(String method, String target, HttpHead head) {}

  /** A response: its head, and the status code. */
  record ResponseHead(int status, HttpHead head) {}

  /** The head is not valid HTTP/1, has two possible meanings, or is too long. */
  static final class MalformedHeadException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedHeadException(String message) {
      this(message, null);
    }

    MalformedHeadException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private static final int BUFFER_BYTES = 8_192;
  private static final int MIN_CHUNK_BYTES = 512;
  private static final int MAX_HEAD_BYTES = 256_000;
  private static final int MAX_HEADERS = 1_000;

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  private final InputStream in;
  private final Lines lines = new Lines();

  HttpHeadReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the head of the next request.
   *
   * @throws MalformedHeadException for folded headers, control characters, header names that are no
   *     token, repeated or contradictory {@code Content-Length}, {@code Transfer-Encoding} and
   *     {@code HostState}, and a head above the size limit
   * @throws EOFException when the stream ends within the head
   */
  RequestHead request() throws IOException {
    lines.start(true);
    try {
      CharArrayBuffer first = firstLine();
      RequestLine line = BasicLineParser.INSTANCE.parseRequestLine(first);
      HttpHead head = new HttpHead(first.toString(), headers(BasicLineParser.INSTANCE));
      requireUnambiguous(line, head);
      return new RequestHead(line.getMethod(), line.getUri(), head);
    } catch (HttpException | MessageConstraintException e) {
      throw new MalformedHeadException("the request head is not valid HTTP", e);
    }
  }

  /**
   * Reads the head of the next response. Folded headers are unfolded, lines that are no headers are
   * dropped.
   *
   * @throws MalformedHeadException when the first line is no status line, and for a head above the
   *     size limit
   * @throws EOFException when the stream ends within the head
   */
  ResponseHead response() throws IOException {
    lines.start(false);
    try {
      CharArrayBuffer first = firstLine();
      int status = BasicLineParser.INSTANCE.parseStatusLine(first).getStatusCode();
      List<Header> headers =
          headers(new LenientLineParser()).stream()
              .filter(header -> TOKEN.matcher(header.getName()).matches())
              .toList();
      return new ResponseHead(status, new HttpHead(first.toString(), headers));
    } catch (HttpException | MessageConstraintException e) {
      throw new MalformedHeadException("the response head is not valid HTTP", e);
    }
  }

  /** What follows the head, from the bytes that were read ahead and then from the stream. */
  InputStream rest() {
    return new IdentityInputStream(lines, in);
  }

  /** Clients may send empty lines before a message, RFC 9112 section 2.2. */
  private CharArrayBuffer firstLine() throws IOException {
    CharArrayBuffer line = new CharArrayBuffer(128);
    do {
      line.clear();
      lines.readLine(line, in);
    } while (line.isEmpty());
    return line;
  }

  private List<Header> headers(LineParser parser) throws IOException, HttpException {
    return List.of(
        AbstractMessageParser.parseHeaders(lines, in, MAX_HEADERS + 1, MAX_HEAD_BYTES, parser));
  }

  private static void requireUnambiguous(RequestLine line, HttpHead head)
      throws MalformedHeadException {
    require(TOKEN.matcher(line.getMethod()).matches(), "the method is not a token");
    for (Header header : head.headers()) {
      require(TOKEN.matcher(header.getName()).matches(), "a header name is not a token");
    }
    List<String> lengths = head.values("Content-Length");
    List<String> encodings = head.values("Transfer-Encoding");
    require(head.values("Host").size() <= 1, "more than one Host");
    require(
        lengths.size() + encodings.size() <= 1,
        "more than one of Content-Length and Transfer-Encoding");
    require(
        lengths.stream().allMatch(value -> DIGITS.matcher(value).matches()),
        "Content-Length is not a number");
    require(
        encodings.stream().allMatch(value -> value.equalsIgnoreCase("chunked")),
        "Transfer-Encoding is not chunked");
  }

  private static void require(boolean valid, String problem) throws MalformedHeadException {
    if (!valid) {
      throw new MalformedHeadException(problem);
    }
  }

  /** Gives lines that are no header an empty name instead of refusing the whole response. */
  private static final class LenientLineParser extends LazyLaxLineParser {

    @Override
    public Header parseHeader(CharArrayBuffer line) {
      try {
        return super.parseHeader(line);
      } catch (ParseException _) {
        return new BasicHeader("", line.toString());
      }
    }
  }

  /**
   * The lines of a head. Checks them before the parser sees them, because the parser joins folded
   * lines and takes the end of the stream for the end of the head.
   */
  private static final class Lines extends SessionInputBufferImpl {

    private boolean strict;
    private int bytesLeft;

    Lines() {
      super(new BasicHttpTransportMetrics(), BUFFER_BYTES, MIN_CHUNK_BYTES, MAX_HEAD_BYTES, null);
    }

    void start(boolean request) {
      strict = request;
      bytesLeft = MAX_HEAD_BYTES;
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream stream) throws IOException {
      int read = super.readLine(line, stream);
      if (read < 0) {
        throw new EOFException("the connection ended within an HTTP head");
      }
      bytesLeft -= line.length() + 2;
      require(bytesLeft >= 0, "the head is longer than " + MAX_HEAD_BYTES + " bytes");
      if (strict) {
        requireClean(line);
      } else {
        replaceControls(line);
      }
      return read;
    }

    private static void requireClean(CharArrayBuffer line) throws MalformedHeadException {
      require(
          line.isEmpty() || (line.charAt(0) != ' ' && line.charAt(0) != '\t'),
          "a header is folded");
      for (int i = 0; i < line.length(); i++) {
        require(!isControl(line.charAt(i)), "a line contains a control character");
      }
    }

    /** A bare CR ends the line for some readers, RFC 9112 section 2.2. */
    private static void replaceControls(CharArrayBuffer line) {
      for (int i = 0; i < line.length(); i++) {
        if (isControl(line.charAt(i))) {
          line.array()[i] = ' ';
        }
      }
    }

    private static boolean isControl(char c) {
      return (c < ' ' && c != '\t') || c == 0x7f;
    }
  }
}
