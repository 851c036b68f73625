package io.headgate.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Parses HTML from bytes, with the charset detection that browsers use. */
public final class HtmlReader {

  private HtmlReader() {}

  /**
   * Parses a page.
   *
   * @param charset the charset that the response declares; null to use the byte order mark or meta
   *     element of the page, or UTF-8 without either
   * @param url base URL for the links of the page
   * @throws InterruptedException if the thread was interrupted before or during parsing. jsoup
   *     treats an interrupt as the end of the input, so the document would be incomplete
   */
  public static Document read(byte[] page, @Nullable String charset, String url)
      throws InterruptedException {
    Document document = parse(page, charset, url);
    if (charset == null) {
      Charset effective = LegacyCharsets.supersetOf(document.charset());
      if (!effective.equals(document.charset())) {
        document = parse(page, effective.name(), url);
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return document;
  }

  private static Document parse(byte[] page, @Nullable String charset, String url) {
    try {
      return Jsoup.parse(new ByteArrayInputStream(page), charset, url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
