package io.headgate.outbound;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The result of an outbound request: a response or a failure. */
public sealed interface OutboundResult {

  /**
   * The complete response after all redirects, whatever its status.
   *
   * @param finalUrl the URL after all redirects
   * @param body decompressed; empty when there was none
   * @param wireBytes the length of the body as it was sent
   * @param retryAfter the wait that the site asks for in {@code Retry-After}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Response(
      int status,
      HttpHeaders headers,
      String finalUrl,
      byte[] body,
      long wireBytes,
      Optional<Duration> retryAfter)
      implements OutboundResult {

    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

    /** True for temporary statuses: 408, 425, 429 and every 5xx. */
    public boolean retryable() {
      return status >= 500 || TEMPORARY.contains(status);
    }

    /** The media type in lower case and without parameters; empty when none was given. */
    public String mediaType() {
      String type = headers.firstValue("content-type").orElse("");
      int end = type.indexOf(';');
      return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The request has no response.
   *
   * @param message one sentence for people; may name the host, but no query, header or body
   */
  record OutboundFailure(OutboundError error, String message) implements OutboundResult, Target {

    /** True when the URL itself is the reason. */
    boolean concernsUrl() {
      return error == OutboundError.INVALID_URL || error == OutboundError.TARGET_REFUSED;
    }

    public String code() {
      return error.code();
    }

    public boolean retryable() {
      return error.retryable();
    }
  }
}
