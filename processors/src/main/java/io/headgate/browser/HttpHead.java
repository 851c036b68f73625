package io.headgate.browser;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.MessageSupport;

/**
 * The first line and the headers of an HTTP/1 message.
 *
 * @param start the request line or status line, without its line break
 */
record HttpHead(String start, List<Header> headers) {

  /** Headers for the next hop only, RFC 9110 section 7.6.1, whether named in Connection or not. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection", "keep-alive", "proxy-connection", "proxy-authorization", "te", "upgrade");

  /**
   * Headers that define the length or the destination of the message. They are forwarded even if a
   * Connection header names them: without them the two sides would disagree about it.
   */
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "host");

  HttpHead {
    headers = List.copyOf(headers);
  }

  /** The values of all headers of that name, in order. */
  List<String> values(String name) {
    return headers.stream()
        .filter(header -> header.getName().equalsIgnoreCase(name))
        .map(Header::getValue)
        .toList();
  }

  /**
   * The head to send to the next hop: without hop-by-hop headers, and with the request to close the
   * connection afterwards. {@code Transfer-Encoding} overrides {@code Content-Length}, which is
   * then removed as RFC 9112 section 6.3 demands.
   */
  HttpHead forwarded(String newStart) {
    Set<String> removed = new TreeSet<>(namedInConnection());
    removed.removeAll(FRAMING);
    removed.addAll(HOP_BY_HOP);
    if (!values("Transfer-Encoding").isEmpty()) {
      removed.add("content-length");
    }
    List<Header> kept = new ArrayList<>();
    for (Header header : headers) {
      if (!removed.contains(lowerCase(header.getName()))) {
        kept.add(header);
      }
    }
    return new HttpHead(newStart, kept).with("Connection", "close");
  }

  private Set<String> namedInConnection() {
    Set<String> names = new TreeSet<>();
    for (Header header : headers) {
      if (header.getName().equalsIgnoreCase("Connection")) {
        MessageSupport.parseTokens(header, name -> names.add(lowerCase(name)));
      }
    }
    return names;
  }

  HttpHead with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new BasicHeader(name, value));
    return new HttpHead(start, more);
  }

  /**
   * The head as it is sent, with the empty line behind it. HttpCore's own writer would replace the
   * bytes 0x80 to 0x9F, which are part of UTF-8 characters.
   */
  byte[] bytes() {
    StringBuilder text = new StringBuilder(start).append("\r\n");
    for (Header header : headers) {
      text.append(header.getName()).append(": ").append(header.getValue()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
