package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.EventKind;
import io.headgate.batch.Ids;
import io.headgate.batch.Violation;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.EndpointOwner;
import io.headgate.webhook.Endpoints;
import io.headgate.webhook.SignatureScheme;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Webhook subscriptions: endpoints of this dialect, each for one of the vendor's events. */
record PictifySubscriptions(Endpoints endpoints) {

  static final String BATCH_COMPLETED = "batch.completed";
  static final String BATCH_FAILED = "batch.failed";
  static final String RENDER_COMPLETED = "render.completed";
  static final String RENDER_FAILED = "render.failed";

  /** The vendor's events. The last two never occur here. */
  static final List<String> EVENTS =
      List.of(
          RENDER_COMPLETED,
          RENDER_FAILED,
          BATCH_COMPLETED,
          BATCH_FAILED,
          "binding.updated",
          "binding.failed");

  static EndpointOwner owner(Caller caller) {
    return new EndpointOwner(caller.account(), Pictify.NAME);
  }

  /** The marker by which endpoints for one of the vendor's events are found. */
  static String marker(String event) {
    return Pictify.NAME + "." + event;
  }

  private static List<String> events(String event) {
    return Stream.concat(nativeEvents(event).stream(), Stream.of(marker(event))).toList();
  }

  /** The native events that correspond to the vendor's. */
  private static List<String> nativeEvents(String event) {
    return switch (event) {
      case RENDER_COMPLETED -> List.of(EventKind.ITEM_SUCCEEDED.text());
      case RENDER_FAILED -> List.of(EventKind.ITEM_FAILED.text());
      case BATCH_COMPLETED ->
          List.of(EventKind.BATCH_COMPLETED.text(), EventKind.BATCH_SETTLED.text());
      case BATCH_FAILED -> List.of(EventKind.BATCH_COMPLETED.text());
      default -> List.of();
    };
  }

  /**
   * Checks the URL of a subscription.
   *
   * @throws io.headgate.http.ProblemException if this server does not send to it
   */
  void requireTarget(String field, String url) {
    Optional<Violation> objection = endpoints.targetProblem(field, url);
    if (objection.isPresent()) {
      throw Problem.invalid(InputError.of(objection.get())).asException();
    }
  }

  /**
   * The endpoint for the {@code webhookUrl} of a batch. It receives a message when the batch ends.
   */
  static Endpoint.EndpointSettings forBatch(String url) {
    return order(url, BATCH_COMPLETED, "custom", null);
  }

  static Endpoint.EndpointSettings order(
      String url, String event, String platform, @Nullable JsonNode filters) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("event", event).put("platform", platform);
    facts.set("filters", filters == null ? JsonNodeFactory.instance.objectNode() : filters);
    return new Endpoint.EndpointSettings(
        url, events(event), Pictify.NAME, SignatureScheme.PICTIFY, facts);
  }

  // A malformed id is queried too, so that its response takes as long as an unknown id's.
  private static UUID id(String uid) {
    return PrefixedId.SUBSCRIPTION.parse(uid).orElse(Ids.NIL);
  }

  Endpoint require(Caller caller, String uid) {
    return endpoints.find(owner(caller), id(uid)).orElseThrow(PictifyErrors::noSuchSubscription);
  }

  Endpoint change(Caller caller, String uid, Endpoint.EndpointChange change) {
    return endpoints
        .change(owner(caller), id(uid), change, (tx, changed) -> {})
        .orElseThrow(PictifyErrors::noSuchSubscription);
  }
}
