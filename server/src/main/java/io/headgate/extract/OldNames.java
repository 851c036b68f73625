package io.headgate.extract;

import java.nio.charset.Charset;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/**
 * Charsets that pages name and do not mean. Browsers have read these names as those of larger
 * charsets for so long that pages are written for it (the Encoding Standard has it so too).
 */
public final class OldNames {

  private static final Map<String, String> MEANT =
      Map.of(
          "ISO-8859-1", "windows-1252",
          "US-ASCII", "windows-1252",
          "ISO-8859-9", "windows-1254",
          "TIS-620", "x-windows-874",
          "GB2312", "GB18030",
          "Shift_JIS", "windows-31j",
          "EUC-KR", "x-windows-949");

  private OldNames() {}

  /** What a browser reads a page with that names this charset. */
  public static Charset meant(Charset named) {
    try {
      return Charset.forName(MEANT.getOrDefault(named.name(), named.name()));
    } catch (UnsupportedCharsetException e) {
      return named; // a Java without the larger one
    }
  }
}
