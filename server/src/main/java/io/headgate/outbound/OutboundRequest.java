package io.headgate.outbound;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * @param method upper case
 * @param headers name to value; those that {@link #objection} names are refused
 * @param body sent as UTF-8; null for none
 */
public record OutboundRequest(
    String method, String url, Map<String, String> headers, @Nullable String body) {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]{0,8192}");

  /** They steer the connection itself, which is not the caller's. */
  private static final Set<String> OURS =
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
   * @throws IllegalArgumentException for a method or header that may not be sent
   */
  public OutboundRequest {
    headers = Map.copyOf(headers);
    if (!TOKEN.matcher(method).matches() || method.equals("CONNECT") || method.equals("TRACE")) {
      throw new IllegalArgumentException("the method may not be sent");
    }
    headers.forEach((name, value) ->
        objection(name, value)
            .ifPresent(reason -> {
              throw new IllegalArgumentException(reason);
            }));
  }

  public static OutboundRequest get(String url, Map<String, String> headers) {
    return new OutboundRequest("GET", url, headers, null);
  }

  /** Why such a header may not be sent; empty when it may. Never repeats the value. */
  public static Optional<String> objection(String name, String value) {
    if (!TOKEN.matcher(name).matches()) {
      return Optional.of("is not a header name");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (OURS.contains(lower) || lower.startsWith("proxy-")) {
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
