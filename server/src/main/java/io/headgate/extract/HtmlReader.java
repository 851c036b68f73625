package io.headgate.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a page of HTML. */
public final class HtmlReader {

  private HtmlReader() {}

  /**
   * @param charset the one the page was declared with; null goes by its byte order mark or meta
   *     element, else UTF-8
   * @param url of the page, for its links
   * @throws InterruptedException also in the middle of it: the library takes an interrupt for the
   *     end of the page, and what it had read so far would pass for the whole
   */
  public static Document read(byte[] page, @Nullable String charset, String url)
      throws InterruptedException {
    Document document = parse(page, charset, url);
    if (charset == null) {
      Charset meant = OldNames.meant(document.charset());
      if (!meant.equals(document.charset())) {
        document = parse(page, meant.name(), url);
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
