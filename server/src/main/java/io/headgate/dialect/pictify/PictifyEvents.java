package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.batch.BatchState;
import io.headgate.batch.EventKind;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Json;
import io.headgate.view.ItemView;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Event;
import io.headgate.webhook.Format;
import io.headgate.webhook.Message;
import io.headgate.webhook.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The format of Pictify's webhook messages. A subscription receives one kind of event. */
final class PictifyEvents implements Format {

  private static final Schedule SCHEDULE =
      new Schedule(
          List.of(
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(24)));

  private final NativeBatches batches;
  private final PictureLinks links;

  PictifyEvents(NativeBatches batches, PictureLinks links) {
    this.batches = batches;
    this.links = links;
  }

  record Told(String event, Instant timestamp, Object data) {}

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
  public Schedule schedule() {
    return SCHEDULE;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Optional<Message> word(Endpoint endpoint, Event event) {
    JsonNode facts = endpoint.settings().facts();
    String wanted = facts == null ? "" : facts.path("event").asString("");
    if (event.kind().equals(Event.TEST)) {
      return Optional.of(message(wanted, event.at(), event.data()));
    }
    return event
        .batch()
        .filter(batch -> Pictify.NAME.equals(batch.dialect()))
        .filter(batch -> passes(endpoint, batch))
        .flatMap(batch -> about(endpoint, wanted, event, batch))
        .map(data -> message(wanted, event.at(), data));
  }

  private static Message message(String event, Instant at, Object data) {
    return new Message(event, VendorJson.text(new Told(event, at, data)));
  }

  private static boolean passes(Endpoint endpoint, Event.Batch batch) {
    JsonNode facts = endpoint.settings().facts();
    String only = facts == null ? "" : facts.path("filters").path("templateId").asString("");
    return only.isEmpty() || only.equals(Asked.of(batch.asked()).templateUid());
  }

  private Optional<Object> about(Endpoint endpoint, String wanted, Event event, Event.Batch batch) {
    return switch (wanted) {
      case Subscriptions.BATCH_COMPLETED -> ended(event, batch);
      case Subscriptions.BATCH_FAILED ->
          event.data().path("state").asString().equals(BatchState.FAILED.word())
              ? ended(event, batch)
              : Optional.empty();
      case Subscriptions.RENDER_COMPLETED, Subscriptions.RENDER_FAILED ->
          event
              .item()
              .flatMap(item -> batches.item(endpoint.owner().account(), batch.id(), item.ordinal()))
              .map(item -> render(event, batch, item));
      default -> Optional.empty();
    };
  }

  private static Optional<Object> ended(Event event, Event.Batch batch) {
    Asked asked = Asked.of(batch.asked());
    if (!asked.batch()) {
      return Optional.empty();
    }
    JsonNode data = event.data();
    JsonNode counts = data.path("counts");
    return Optional.of(
        new BatchEnded(
            PrefixedId.BATCH.of(batch.id()),
            asked.templateUid(),
            ResultsJson.status(BatchState.of(data.path("state").asString())),
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

  private Object render(Event event, Event.Batch batch, ItemView item) {
    Asked asked = Asked.of(batch.asked());
    Rendered.Picture made =
        event.kind().equals(EventKind.ITEM_SUCCEEDED.word())
            ? Rendered.of(item, links.of(batch.id())).results().getFirst()
            : null;
    return new Render(
        "image",
        "api",
        made == null ? null : made.id(),
        made == null ? null : made.url(),
        made == null ? null : made.width(),
        made == null ? null : made.height(),
        made == null ? null : made.format(),
        asked.templateUid(),
        Json.mapper().readTree(item.data().input()).path("variables"),
        made == null ? null : item.run().finishedAt(),
        item.error() == null ? null : item.error().message(),
        item.error() == null ? null : FailureWords.of(item.error().code()),
        asked.batch() ? PrefixedId.BATCH.of(batch.id()) : null,
        asked.batch() ? item.ordinal() : null);
  }
}
