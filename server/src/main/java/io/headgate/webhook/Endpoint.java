package io.headgate.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A URL that receives events of an account's batches.
 *
 * @param owner the account and the API it was created through
 * @param batch set when it receives the events of this batch only
 */
public record Endpoint(
    UUID id,
    EndpointOwner owner,
    @Nullable UUID batch,
    EndpointSettings settings,
    EndpointStatus status,
    EndpointStatistics statistics,
    Instant createdAt) {

  /** Whether it receives deliveries. */
  public enum EndpointState {
    ACTIVE,
    /** Events are stored for it until it is resumed. */
    PAUSED,
    /** Too many attempts failed. Later events are not stored for it until it is resumed. */
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException for a word that is no state
     */
    public static EndpointState of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * The state of an endpoint.
   *
   * @param reason why it failed; null in any other state
   */
  public record EndpointStatus(EndpointState state, @Nullable String reason) {

    static final EndpointStatus ACTIVE = new EndpointStatus(EndpointState.ACTIVE, null);
  }

  /**
   * What was sent so far.
   *
   * @param delivered deliveries that the receiver accepted
   * @param failed attempts that failed
   * @param lastAttempt null before the first
   */
  public record EndpointStatistics(
      long delivered, long failed, @Nullable DeliveryAttempt lastAttempt) {

    static final EndpointStatistics NONE = new EndpointStatistics(0, 0, null);
  }

  /**
   * What an endpoint receives, where and how.
   *
   * @param url the caller has checked it with {@link Endpoints#targetProblem}
   * @param events kinds of events; at least one
   * @param format the name of the {@link WebhookFormat} that builds its messages
   * @param dialectData private data of the dialect; null for none
   */
  public record EndpointSettings(
      String url,
      List<String> events,
      String format,
      SignatureScheme signature,
      @Nullable JsonNode dialectData) {

    public EndpointSettings {
      events = events.stream().distinct().toList();
      if (events.isEmpty()) {
        throw new IllegalArgumentException(
            "An endpoint needs at least one kind of event; got none.");
      }
    }
  }

  /**
   * A new endpoint.
   *
   * @param secret shown only once; null for an endpoint without signature
   */
  public record CreatedEndpoint(Endpoint endpoint, @Nullable String secret) {
    @Override
    public String toString() {
      return "new endpoint " + endpoint.id();
    }
  }

  /** A change; null leaves a field unchanged. */
  public record EndpointChange(
      @Nullable String url,
      @Nullable List<String> events,
      @Nullable JsonNode dialectData,
      @Nullable EndpointState state) {

    public static EndpointChange of(EndpointState state) {
      return new EndpointChange(null, null, null, state);
    }
  }
}
