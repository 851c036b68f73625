package io.headgate.processor.scrape;

import io.headgate.extract.HtmlReader;
import io.headgate.extract.LegacyCharsets;
import io.headgate.outbound.OutboundResult;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;
import org.jsoup.nodes.Document;

/** The decoded content of a response. */
sealed interface PageContent {

  record HtmlContent(Document document) implements PageContent {
    String charset() {
      return document.charset().name();
    }
  }

  record TextContent(String text, String charset) implements PageContent {}

  record BinaryContent() implements PageContent {}

  Set<String> HTML = Set.of("text/html", "application/xhtml+xml");
  Pattern TEXT =
      Pattern.compile(
          "text/.*|application/(.*\\+)?(json|xml)|application/(x-)?(javascript|ndjson|yaml)");
  int SNIFF_LENGTH = 1_024;

  /** Detects the type from the Content-Type header, or from the first bytes without one. */
  static PageContent of(OutboundResult.Response response) throws InterruptedException {
    String type = response.mediaType();
    if (HTML.contains(type) || (type.isEmpty() && looksLikeHtml(response.body()))) {
      return html(response);
    }
    boolean text = type.isEmpty() ? !hasNul(response.body()) : TEXT.matcher(type).matches();
    return text ? text(response) : new BinaryContent();
  }

  /** Uses the charset of the header, else the byte order mark or meta element. */
  private static HtmlContent html(OutboundResult.Response response) throws InterruptedException {
    String charset = declared(response).map(Charset::name).orElse(null);
    return new HtmlContent(HtmlReader.read(response.body(), charset, response.finalUrl()));
  }

  private static TextContent text(OutboundResult.Response response) {
    byte[] bytes = response.body();
    Charset charset =
        byteOrderMark(bytes).or(() -> declared(response)).orElse(StandardCharsets.UTF_8);
    String text = new String(bytes, charset);
    return new TextContent(text.startsWith("\uFEFF") ? text.substring(1) : text, charset.name());
  }

  private static Optional<Charset> declared(OutboundResult.Response response) {
    return response
        .headers()
        .firstValue("content-type")
        .map(ContentType::parseLenient)
        .map(ContentType::getCharset)
        .map(LegacyCharsets::supersetOf);
  }

  private static Optional<Charset> byteOrderMark(byte[] bytes) {
    if (starts(bytes, 0xef, 0xbb, 0xbf)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (starts(bytes, 0xfe, 0xff)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return starts(bytes, 0xff, 0xfe) ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
  }

  private static boolean starts(byte[] bytes, int... with) {
    for (int i = 0; i < with.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean looksLikeHtml(byte[] bytes) {
    String start =
        new String(bytes, 0, Math.min(bytes.length, SNIFF_LENGTH), StandardCharsets.ISO_8859_1);
    return start.strip().startsWith("<") && !start.strip().startsWith("<?xml");
  }

  private static boolean hasNul(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, SNIFF_LENGTH); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
