package io.headgate.webhook;

import io.headgate.batch.EventKind;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The messages of the native API: {@code type}, {@code timestamp} and {@code data}. */
public final class NativeWebhookFormat implements WebhookFormat {

  public static final String NAME = "headgate";

  /** The kinds of events an endpoint can listen to. */
  public static final List<String> EVENTS =
      Stream.of(EventKind.values())
          .filter(kind -> kind != EventKind.ITEM_SUCCEEDED)
          .map(EventKind::text)
          .toList();

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<WebhookMessage> message(Endpoint endpoint, WebhookEvent event) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("type", event.kind());
    body.put("timestamp", MILLIS.format(event.at()));
    ObjectNode data = body.putObject("data");
    event.batch().ifPresent(batch -> putBatch(data, batch));
    for (Map.Entry<String, JsonNode> member : event.data().properties()) {
      data.set(member.getKey(), member.getValue());
    }
    event.item().ifPresent(item -> data.withObject("item").put("ref", item.ref()));
    return Optional.of(new WebhookMessage(event.kind(), body.toString()));
  }

  private static void putBatch(ObjectNode data, WebhookEvent.EventBatch batch) {
    data.put("batch_id", batch.id().toString());
    data.put("name", batch.name());
    data.put("processor", batch.processor());
    data.set("metadata", batch.metadata());
  }

  @Override
  public RetrySchedule schedule() {
    return RetrySchedule.STANDARD;
  }

  @Override
  public Duration timeout() {
    return TIMEOUT;
  }
}
