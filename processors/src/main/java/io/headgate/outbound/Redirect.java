package io.headgate.outbound;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Computes the request that follows a redirect, and which headers and body it may carry. */
final class Redirect {

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> HARMLESS =
      Set.of("accept", "accept-language", "content-type", "user-agent");
  private static final Pattern ABSOLUTE = Pattern.compile("(?s)[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  private Redirect() {}

  /** The request to send next; empty when the response is final. */
  static Optional<OutboundRequest> next(OutboundRequest request, OutboundResult answer) {
    if (!(answer instanceof OutboundResult.Response response)
        || !STATUSES.contains(response.status())
        || !(Target.parse(response.finalUrl()) instanceof Target.Url from)) {
      return Optional.empty();
    }
    // Headers are read as Latin-1, but non-ASCII characters of a URL are UTF-8.
    String location = response.headers().firstValue("location").orElse("").strip();
    String to = new String(location.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    if (to.isEmpty()) {
      return Optional.empty();
    }
    String url = resolve(from, to);
    boolean sameOrigin =
        Target.parse(url) instanceof Target.Url destination && destination.sameOrigin(from);
    boolean keepsMethod = keepsMethod(request.method(), response.status());
    String body = keepsMethod ? request.body() : null;
    return body != null && !sameOrigin
        ? Optional.empty()
        : Optional.of(
            new OutboundRequest(
                keepsMethod ? request.method() : "GET",
                url,
                headers(request.headers(), sameOrigin, body),
                body));
  }

  /** As in browsers, only 307 and 308 repeat methods other than GET and HEAD. */
  private static boolean keepsMethod(String method, int status) {
    return status == 307 || status == 308 || method.equals("GET") || method.equals("HEAD");
  }

  /** Another origin receives only harmless headers. */
  private static Map<String, String> headers(
      Map<String, String> all, boolean sameOrigin, @Nullable String body) {
    Map<String, String> kept = new HashMap<>(all);
    kept.keySet()
        .removeIf(name -> !sameOrigin && !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
    kept.keySet().removeIf(name -> body == null && name.equalsIgnoreCase("content-type"));
    return kept;
  }

  private static String resolve(Target.Url from, String to) {
    if (ABSOLUTE.matcher(to).matches()) {
      return to;
    }
    if (to.startsWith("//")) {
      return from.scheme() + ":" + to;
    }
    String origin = from.scheme() + "://" + from.authority();
    String path = from.path().replaceFirst("\\?.*", "");
    if (to.startsWith("?") || to.startsWith("#")) {
      return origin + path + to;
    }
    String joined = to.startsWith("/") ? to : path.substring(0, path.lastIndexOf('/') + 1) + to;
    return Target.parse(origin + joined) instanceof Target.Url encoded
        ? URI.create(encoded.toString()).normalize().toString()
        : origin + joined;
  }
}
