package io.headgate.api.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headgate.webhook.Delivery;
import io.headgate.webhook.DeliveryAttempt;
import io.headgate.webhook.Endpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A webhook as JSON of the native API. */
record WebhookJson(
    UUID id,
    String url,
    List<String> events,
    String state,
    @Nullable String reason,
    Instant createdAt,
    long delivered,
    long failedAttempts,
    @Nullable AttemptJson lastAttempt) {

  /** A new webhook with its secret, which only the response of its creation has. */
  record NewWebhookJson(@JsonUnwrapped WebhookJson webhook, @Nullable String secret) {
    @Override
    public String toString() {
      return webhook.toString();
    }
  }

  /** One attempt to deliver a message. */
  record AttemptJson(
      Instant at,
      @Nullable Integer status,
      BigDecimal durationSeconds,
      @Nullable String error,
      @Nullable String response) {

    static AttemptJson of(DeliveryAttempt attempt) {
      return new AttemptJson(
          attempt.at(),
          attempt.status(),
          BigDecimal.valueOf(attempt.duration().toMillis(), 3),
          attempt.error(),
          attempt.response());
    }
  }

  /** A delivery. Its id is the {@code webhook-id} that the receiver gets. */
  record DeliveryJson(
      UUID id,
      String event,
      @Nullable UUID batchId,
      String state,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant settledAt,
      List<AttemptJson> attempts) {

    static DeliveryJson of(Delivery delivery) {
      return new DeliveryJson(
          delivery.id(),
          delivery.kind(),
          delivery.batch(),
          delivery.state().word(),
          delivery.at(),
          delivery.nextAttemptAt(),
          delivery.settledAt(),
          delivery.attempts().stream().map(AttemptJson::of).toList());
    }
  }

  static WebhookJson of(Endpoint endpoint) {
    DeliveryAttempt last = endpoint.statistics().lastAttempt();
    return new WebhookJson(
        endpoint.id(),
        endpoint.settings().url(),
        endpoint.settings().events(),
        endpoint.status().state().word(),
        endpoint.status().reason(),
        endpoint.createdAt(),
        endpoint.statistics().delivered(),
        endpoint.statistics().failed(),
        last == null ? null : AttemptJson.of(last));
  }

  static NewWebhookJson of(Endpoint.CreatedEndpoint created) {
    return new NewWebhookJson(of(created.endpoint()), created.secret());
  }
}
