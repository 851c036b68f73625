package io.headgate.webhook;

import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.webhook.Line.Lease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends one signed message and returns the result. */
final class Sender {

  /** A longer response is not read to its end, which costs the connection. */
  private static final int MAX_ANSWER_BYTES = 1_000_000;

  /** Characters of the response body that the log keeps. */
  private static final int EXCERPT = 256;

  private final Outbound outbound;
  private final InstantSource clock;
  private final Vault vault;

  Sender(Outbound outbound, InstantSource clock, Vault vault) {
    this.outbound = outbound;
    this.clock = clock;
    this.vault = vault;
  }

  /**
   * An attempt.
   *
   * @param asked the wait that the receiver asked for; zero for none
   */
  record Sent(Attempt attempt, Duration asked) {}

  Sent send(Lease lease, UUID id, Message message, Duration timeout) throws InterruptedException {
    Instant at = clock.instant();
    long begun = System.nanoTime();
    OutboundResult answer = outbound.send(request(lease, id, message, at), limits(timeout));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new Sent(attempt(at, took, answer), asked(answer));
  }

  private static Duration asked(OutboundResult answer) {
    return answer instanceof OutboundResult.Response response
        ? response.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  private OutboundRequest request(Lease lease, UUID id, Message message, Instant now) {
    Endpoint endpoint = lease.endpoint();
    byte[] sealed = lease.secret();
    String secret = sealed == null ? null : vault.open(endpoint.id(), sealed);
    Map<String, String> headers =
        new HashMap<>(endpoint.settings().signature().headers(secret, id, message, now));
    headers.put("Content-Type", "application/json");
    return new OutboundRequest("POST", endpoint.settings().url(), headers, message.body());
  }

  /**
   * No redirects: a message is signed for one receiver only. The status decides, so a body that is
   * too long or broken is no failure.
   */
  private static OutboundLimits limits(Duration timeout) {
    return new OutboundLimits(timeout, timeout, MAX_ANSWER_BYTES, 0).withBeginningOnly();
  }

  private static Attempt attempt(Instant at, Duration took, OutboundResult answer) {
    return switch (answer) {
      case OutboundResult.Response response ->
          new Attempt(
              at, response.status(), took, error(response.status()), excerpt(response.body()));
      case OutboundResult.OutboundFailure failed -> new Attempt(at, null, took, failed.message(), null);
    };
  }

  private static @Nullable String error(int status) {
    if (status >= 200 && status < 300) {
      return null;
    }
    return status >= 300 && status < 400
        ? "the receiver answered " + status + ", and redirects are not followed"
        : "the receiver answered " + status;
  }

  /** Replaces control characters by spaces: jsonb cannot store NUL. */
  private static @Nullable String excerpt(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, 4 * EXCERPT), StandardCharsets.UTF_8)
            .replaceAll("[\\p{Cntrl}\\s]+", " ")
            .strip();
    int end = text.offsetByCodePoints(0, Math.min(EXCERPT, text.codePointCount(0, text.length())));
    return text.isEmpty() ? null : text.substring(0, end);
  }
}
