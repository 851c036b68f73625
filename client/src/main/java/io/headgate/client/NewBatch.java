package io.headgate.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A batch to submit, built field by field; what is not set is left to the server's defaults. The
 * items are either added here or streamed beside it.
 */
public final class NewBatch {

  private final ObjectNode json = Json.MAPPER.createObjectNode();

  private NewBatch(String processor) {
    json.put("processor", processor);
  }

  public static NewBatch of(String processor) {
    return new NewBatch(processor);
  }

  public NewBatch name(@Nullable String name) {
    if (name != null) {
      json.put("name", name);
    }
    return this;
  }

  public NewBatch metadata(String key, String value) {
    json.withObjectProperty("metadata").put(key, value);
    return this;
  }

  /** Sets one option; numbers, texts, booleans, lists and maps are taken as JSON. */
  public NewBatch option(String key, Object value) {
    json.withObjectProperty("options").set(key, Json.MAPPER.valueToTree(value));
    return this;
  }

  /** How many of its items may run at once, over all nodes. */
  public NewBatch concurrency(int concurrency) {
    limits().put("concurrency", concurrency);
    return this;
  }

  /** How many failed attempts an item gets before it is failed. */
  public NewBatch maxAttempts(int attempts) {
    limits().put("max_attempts", attempts);
    return this;
  }

  /** How long one attempt may take. */
  public NewBatch timeout(Duration timeout) {
    limits().put("timeout_seconds", seconds(timeout));
    return this;
  }

  /** The wait before the second attempt, which doubles with each further one up to the longest. */
  public NewBatch backoff(Duration first, Duration longest) {
    limits().put("backoff_seconds", seconds(first)).put("max_backoff_seconds", seconds(longest));
    return this;
  }

  /** -100 to 100, higher first within an account. */
  public NewBatch priority(int priority) {
    json.put("priority", priority);
    return this;
  }

  public NewBatch startAt(Instant at) {
    json.put("start_at", at.toString());
    return this;
  }

  /** When what has not run by then is cancelled. */
  public NewBatch expiresAt(Instant at) {
    json.put("expires_at", at.toString());
    return this;
  }

  /** How long it is kept after it has ended. */
  public NewBatch retain(Duration retention) {
    json.put("retain_seconds", retention.toSeconds());
    return this;
  }

  /** Adds an item without a ref. */
  public NewBatch item(Object input) {
    return item(null, input);
  }

  public NewBatch item(@Nullable String ref, Object input) {
    ObjectNode item = items().addObject();
    if (ref != null) {
      item.put("ref", ref);
    }
    item.set("input", Json.MAPPER.valueToTree(input));
    return this;
  }

  /** The body of a submit, exactly as it is sent. */
  public String json() {
    return json.toString();
  }

  /** True when all that is set fits into query parameters, which carry no nested values. */
  boolean fitsQuery() {
    return !json.has("metadata") && !json.has("options") && !json.has("items");
  }

  /** Every field as a query parameter; call only when {@link #fitsQuery}. */
  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (field.getValue().isObject()) {
        field.getValue().forEachEntry((key, value) -> query.put(key, value.asString()));
      } else {
        query.put(field.getKey(), field.getValue().asString());
      }
    }
    return query;
  }

  private ObjectNode limits() {
    return json.withObjectProperty("limits");
  }

  private ArrayNode items() {
    return json.withArrayProperty("items");
  }

  private static BigDecimal seconds(Duration duration) {
    BigDecimal exact = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
