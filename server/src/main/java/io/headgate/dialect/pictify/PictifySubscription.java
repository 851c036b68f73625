package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.webhook.DeliveryAttempt;
import io.headgate.webhook.Endpoint;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A webhook subscription in responses. */
record PictifySubscription(
    String uid,
    String event,
    String targetUrl,
    String platform,
    String status,
    JsonNode filters,
    long deliveryCount,
    long failureCount,
    @Nullable Instant lastDeliveryAt,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

  /** The response with one subscription. */
  record SubscriptionResponse(PictifySubscription subscription) {}

  static SubscriptionResponse response(Endpoint endpoint, @Nullable String secret) {
    return new SubscriptionResponse(of(endpoint, secret));
  }

  /**
   * Converts an endpoint.
   *
   * @param secret only for the response that creates it, else null
   */
  static PictifySubscription of(Endpoint endpoint, @Nullable String secret) {
    DeliveryAttempt last = endpoint.statistics().lastAttempt();
    JsonNode facts = Objects.requireNonNull(endpoint.settings().dialectData());
    return new PictifySubscription(
        PrefixedId.SUBSCRIPTION.of(endpoint.id()),
        facts.path("event").asString(),
        endpoint.settings().url(),
        facts.path("platform").asString(),
        endpoint.status().state().word(),
        facts.path("filters"),
        endpoint.statistics().delivered(),
        endpoint.statistics().failed(),
        last == null ? null : last.at(),
        endpoint.createdAt(),
        secret);
  }
}
