package io.headgate.outbound;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses URLs; see {@link Target#parse}. */
final class UrlParser {

  private static final Pattern URL =
      Pattern.compile("(?s)(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):(?<slashes>//)?(?<rest>.*)");
  private static final Pattern PARTS =
      Pattern.compile("(?s)(?<authority>[^/?#\\\\]*)(?<path>[^#]*)(?:#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\]]*]|[^:\\[\\]]*)(?::(?<port>[0-9]{0,5}))?");
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*\\.?");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern ENDS_NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final String ALLOWED = "-._~!$&'()*+,;=:@/?%";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UrlParser() {}

  static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  static Target parse(String text) {
    if (text.length() > Target.MAX_LENGTH) {
      return invalid("the URL is longer than " + Target.MAX_LENGTH + " characters");
    }
    if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      return invalid("the URL contains a control character");
    }
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      return invalid("the URL has no scheme, write http:// or https://");
    }
    String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || url.group("slashes") == null) {
      return invalid("only http:// and https:// URLs are fetched");
    }
    Matcher parts = PARTS.matcher(url.group("rest"));
    return parts.matches()
        ? withAuthority(scheme, parts.group("authority"), parts.group("path"))
        : invalid("the URL cannot be parsed");
  }

  private static Target withAuthority(String scheme, String authority, String path) {
    if (authority.indexOf('@') >= 0) {
      return invalid("the URL contains credentials; send them in a header instead");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return invalid("the URL has no valid host and port");
    }
    String digits = parts.group("port");
    int port = digits == null || digits.isEmpty() ? defaultPort(scheme) : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      return invalid("the port must be between 1 and 65535");
    }
    return withHost(parts.group("host"), new Target.Url(scheme, "", port, encode(path)));
  }

  private static Target withHost(String written, Target.Url url) {
    String host = written;
    if (written.startsWith("[")) {
      host = written.substring(1, written.length() - 1).toLowerCase(Locale.ROOT);
      if (!IPV6.matcher(host).matches() || Addresses.literal(host).isEmpty()) {
        return invalid("the URL has no valid IPv6 address (zones are not allowed)");
      }
    } else {
      host = ascii(written);
      if (ENDS_NUMERIC.matcher(host).matches() && !IPV4.matcher(host).matches()) {
        return invalid("an IPv4 address must be four decimal numbers from 0 to 255");
      }
      if (host.length() > 253 || !NAME.matcher(host).matches()) {
        return invalid("the URL has no valid host name");
      }
    }
    return new Target.Url(url.scheme(), host, url.port(), url.path());
  }

  /** Also maps full-width digits and dots, so that later checks see the host that is looked up. */
  private static String ascii(String name) {
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String encode(String path) {
    StringBuilder out = new StringBuilder(path.length() + 16);
    if (!path.startsWith("/")) {
      out.append('/');
    }
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (isAllowed(bytes, i)) {
        out.append((char) bytes[i]);
      } else {
        out.append('%').append(HEX.toHexDigits(bytes[i]));
      }
    }
    return out.toString();
  }

  private static boolean isAllowed(byte[] bytes, int at) {
    int c = bytes[at];
    if (c == '%') {
      return at + 2 < bytes.length && isHexDigit(bytes[at + 1]) && isHexDigit(bytes[at + 2]);
    }
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ALLOWED.indexOf(c) >= 0;
  }

  private static boolean isHexDigit(int c) {
    return Character.digit(c, 16) >= 0;
  }

  private static OutboundResult.OutboundFailure invalid(String message) {
    return new OutboundResult.OutboundFailure(OutboundError.INVALID_URL, message);
  }
}
