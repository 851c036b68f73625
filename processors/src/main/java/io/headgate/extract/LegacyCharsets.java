package io.headgate.extract;

import java.nio.charset.Charset;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/**
 * Maps legacy charset names to the larger charsets that browsers decode them with. Pages rely on
 * this, and the Encoding Standard requires it.
 */
public final class LegacyCharsets {

  private static final Map<String, String> SUPERSETS =
      Map.of(
          "ISO-8859-1", "windows-1252",
          "US-ASCII", "windows-1252",
          "ISO-8859-9", "windows-1254",
          "TIS-620", "x-windows-874",
          "GB2312", "GB18030",
          "Shift_JIS", "windows-31j",
          "EUC-KR", "x-windows-949");

  private LegacyCharsets() {}

  /** Returns the charset with which a browser decodes a page that declares {@code declared}. */
  public static Charset supersetOf(Charset declared) {
    try {
      return Charset.forName(SUPERSETS.getOrDefault(declared.name(), declared.name()));
    } catch (UnsupportedCharsetException e) {
      return declared; // this Java runtime lacks the larger charset
    }
  }
}
