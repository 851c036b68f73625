package io.headgate.webhook;

import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import io.headgate.webhook.DeliveryQueue.EndpointLease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends one signed message and returns the result. */
final class MessageSender {

  /** A longer response is not read to its end, which costs the connection. */
  private static final int MAX_RESPONSE_BYTES = 1_000_000;

  /** Characters of the response body that the log keeps. */
  private static final int EXCERPT = 256;

  private final Outbound outbound;
  private final InstantSource clock;
  private final EndpointSecrets secrets;

  MessageSender(Outbound outbound, InstantSource clock, EndpointSecrets secrets) {
    this.outbound = outbound;
    this.clock = clock;
    this.secrets = secrets;
  }

  /**
   * An attempt.
   *
   * @param requestedWait the wait that the receiver requested; zero for none
   */
  record SendResult(DeliveryAttempt attempt, Duration requestedWait) {}

  SendResult send(EndpointLease lease, UUID id, WebhookMessage message, Duration timeout)
      throws InterruptedException {
    Instant at = clock.instant();
    long startedNanos = System.nanoTime();
    OutboundResult answer = outbound.send(request(lease, id, message, at), limits(timeout));
    Duration duration = Duration.ofNanos(System.nanoTime() - startedNanos);
    return new SendResult(attempt(at, duration, answer), requestedWait(answer));
  }

  private static Duration requestedWait(OutboundResult answer) {
    return answer instanceof OutboundResult.Response response
        ? response.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  private OutboundRequest request(
      EndpointLease lease, UUID id, WebhookMessage message, Instant now) {
    Endpoint endpoint = lease.endpoint();
    byte[] encrypted = lease.secret();
    String secret = encrypted == null ? null : secrets.decrypt(endpoint.id(), encrypted);
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
    return new OutboundLimits(timeout, timeout, MAX_RESPONSE_BYTES, 0).withBeginningOnly();
  }

  private static DeliveryAttempt attempt(Instant at, Duration duration, OutboundResult answer) {
    return switch (answer) {
      case OutboundResult.Response response ->
          new DeliveryAttempt(
              at, response.status(), duration, error(response.status()), excerpt(response.body()));
      case OutboundResult.OutboundFailure failed ->
          new DeliveryAttempt(at, null, duration, failed.message(), null);
    };
  }

  private static @Nullable String error(int status) {
    if (status >= 200 && status < 300) {
      return null;
    }
    return status >= 300 && status < 400
        ? "the receiver responded with " + status + ", and redirects are not followed"
        : "the receiver responded with " + status;
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
