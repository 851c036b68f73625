package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.batch.BatchState;
import io.headgate.batch.EventKind;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Json;
import io.headgate.view.ItemView;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.RetrySchedule;
import io.headgate.webhook.WebhookEvent;
import io.headgate.webhook.WebhookFormat;
import io.headgate.webhook.WebhookMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The format of Pictify's webhook messages. A subscription receives one kind of event. */
final class PictifyWebhookFormat implements WebhookFormat {

  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(
          List.of(
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(24)));

  private final NativeBatches batches;
  private final PictifyImageLinks links;

  PictifyWebhookFormat(NativeBatches batches, PictifyImageLinks links) {
    this.batches = batches;
    this.links = links;
  }

  record PictifyMessage(String event, Instant timestamp, Object data) {}

  record BatchEnded(
      String batchId,
      String templateUid,
      String status,
      int totalCount,
      int completedCount,
      int failedCount,
      long duration) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Render(
      String type,
      String source,
      @Nullable String imageId,
      @Nullable String url,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String format,
      String templateId,
      @Nullable JsonNode variables,
      @Nullable Instant renderedAt,
      @Nullable String error,
      @Nullable String errorCode,
      @Nullable String batchId,
      @Nullable Integer index) {}

  @Override
  public String name() {
    return Pictify.NAME;
  }

  @Override
  public RetrySchedule schedule() {
    return SCHEDULE;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Optional<WebhookMessage> message(Endpoint endpoint, WebhookEvent event) {
    JsonNode facts = endpoint.settings().dialectData();
    String subscribedEvent = facts == null ? "" : facts.path("event").asString("");
    if (event.kind().equals(WebhookEvent.TEST)) {
      return Optional.of(message(subscribedEvent, event.at(), event.data()));
    }
    return event
        .batch()
        .filter(batch -> Pictify.NAME.equals(batch.dialect()))
        .filter(batch -> matchesFilter(endpoint, batch))
        .flatMap(batch -> data(endpoint, subscribedEvent, event, batch))
        .map(data -> message(subscribedEvent, event.at(), data));
  }

  private static WebhookMessage message(String event, Instant at, Object data) {
    return new WebhookMessage(event, VendorJson.toText(new PictifyMessage(event, at, data)));
  }

  private static boolean matchesFilter(Endpoint endpoint, WebhookEvent.EventBatch batch) {
    JsonNode facts = endpoint.settings().dialectData();
    String templateUid = facts == null ? "" : facts.path("filters").path("templateId").asString("");
    return templateUid.isEmpty()
        || templateUid.equals(PictifyStoredRequest.of(batch.dialectRequest()).templateUid());
  }

  private Optional<Object> data(
      Endpoint endpoint,
      String subscribedEvent,
      WebhookEvent event,
      WebhookEvent.EventBatch batch) {
    return switch (subscribedEvent) {
      case PictifySubscriptions.BATCH_COMPLETED -> batchEnded(event, batch);
      case PictifySubscriptions.BATCH_FAILED ->
          event.data().path("state").asString().equals(BatchState.FAILED.text())
              ? batchEnded(event, batch)
              : Optional.empty();
      case PictifySubscriptions.RENDER_COMPLETED, PictifySubscriptions.RENDER_FAILED ->
          event
              .item()
              .flatMap(item -> batches.item(endpoint.owner().account(), batch.id(), item.ordinal()))
              .map(item -> render(event, batch, item));
      default -> Optional.empty();
    };
  }

  private static Optional<Object> batchEnded(WebhookEvent event, WebhookEvent.EventBatch batch) {
    PictifyStoredRequest stored = PictifyStoredRequest.of(batch.dialectRequest());
    if (!stored.batch()) {
      return Optional.empty();
    }
    JsonNode data = event.data();
    JsonNode counts = data.path("counts");
    return Optional.of(
        new BatchEnded(
            PrefixedId.BATCH.of(batch.id()),
            stored.templateUid(),
            PictifyResults.status(BatchState.of(data.path("state").asString())),
            counts.path("total").asInt(),
            counts.path("succeeded").asInt(),
            counts.path("failed").asInt(),
            duration(data)));
  }

  private static long duration(JsonNode data) {
    String started = data.path("started_at").asString("");
    String finished = data.path("finished_at").asString("");
    return started.isEmpty() || finished.isEmpty()
        ? 0
        : Duration.between(Instant.parse(started), Instant.parse(finished)).toMillis();
  }

  private Object render(WebhookEvent event, WebhookEvent.EventBatch batch, ItemView item) {
    PictifyStoredRequest stored = PictifyStoredRequest.of(batch.dialectRequest());
    PictifyRenderResult.RenderedImage image =
        event.kind().equals(EventKind.ITEM_SUCCEEDED.text())
            ? PictifyRenderResult.of(item, links.of(batch.id())).results().getFirst()
            : null;
    return new Render(
        "image",
        "api",
        image == null ? null : image.id(),
        image == null ? null : image.url(),
        image == null ? null : image.width(),
        image == null ? null : image.height(),
        image == null ? null : image.format(),
        stored.templateUid(),
        Json.mapper().readTree(item.data().input()).path("variables"),
        image == null ? null : item.run().finishedAt(),
        item.error() == null ? null : item.error().message(),
        item.error() == null ? null : RenderErrorCodes.of(item.error().code()),
        stored.batch() ? PrefixedId.BATCH.of(batch.id()) : null,
        stored.batch() ? item.ordinal() : null);
  }
}
