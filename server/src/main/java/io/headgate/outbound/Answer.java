package io.headgate.outbound;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What came of a request. */
public sealed interface Answer {

  /**
   * The whole response of the last hop, whatever its status.
   *
   * @param finalUrl where the redirects ended
   * @param body decompressed; empty when there was none
   * @param wireBytes length of the body as it was sent
   * @param retryAfter the wait the other side asks for
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Response(
      int status,
      HttpHeaders headers,
      String finalUrl,
      byte[] body,
      long wireBytes,
      Optional<Duration> retryAfter)
      implements Answer {

    private static final Set<Integer> TOO_EARLY = Set.of(408, 425, 429);

    /** True for statuses that say "not now": 408, 425, 429 and every 5xx. */
    public boolean passing() {
      return status >= 500 || TOO_EARLY.contains(status);
    }

    /** The media type in lower case and without parameters; empty when none was given. */
    public String mediaType() {
      String type = headers.firstValue("content-type").orElse("");
      int end = type.indexOf(';');
      return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param message one sentence for people; names the host, never a query, header or body
   */
  record Failed(Trouble trouble, String message) implements Answer, Target {

    /** True when it says that the URL itself is not one to fetch. */
    boolean concernsUrl() {
      return trouble == Trouble.INVALID_URL || trouble == Trouble.TARGET_REFUSED;
    }

    public String code() {
      return trouble.code();
    }

    public boolean passing() {
      return trouble.passing();
    }
  }
}
