package io.headgate.outbound;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request.
 *
 * @param method in upper case
 * @param headers name to value; {@link #refusalReason} returns why some are refused
 * @param body sent as UTF-8; null for none
 */
public record OutboundRequest(
    String method, String url, Map<String, String> headers, @Nullable String body) {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]{0,8192}");

  /** Headers that control the connection. Callers must not set them. */
  private static final Set<String> RESERVED =
      Set.of(
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * @throws IllegalArgumentException for CONNECT, TRACE, a method that is no token, and a header
   *     that {@link #refusalReason} refuses
   */
  public OutboundRequest {
    headers = Map.copyOf(headers);
    if (!TOKEN.matcher(method).matches() || method.equals("CONNECT") || method.equals("TRACE")) {
      throw new IllegalArgumentException("the method must be a token other than CONNECT and TRACE");
    }
    headers.forEach((name, value) ->
        refusalReason(name, value)
            .ifPresent(reason -> {
              throw new IllegalArgumentException(reason);
            }));
  }

  public static OutboundRequest get(String url, Map<String, String> headers) {
    return new OutboundRequest("GET", url, headers, null);
  }

  /** Why the header is refused; empty when it is accepted. The reason never contains the value. */
  public static Optional<String> refusalReason(String name, String value) {
    if (!TOKEN.matcher(name).matches()) {
      return Optional.of("is not a header name");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (RESERVED.contains(lower) || lower.startsWith("proxy-")) {
      return Optional.of("the header " + name + " is set by the server");
    }
    return VALUE.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(
            "the value of the header "
                + name
                + " contains a line break, a control or a non-Latin-1 character, or is too long");
  }

  @Override
  public String toString() {
    return method + " request";
  }
}
