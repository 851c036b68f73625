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
 * Builds a batch to submit. Fields that are not set take the server's defaults. Items are either
 * added with {@link #item} or streamed with {@link HeadgateClient#submit(NewBatch, ItemFormat,
 * InputStream)}.
 *
 * <p>Not safe for use by several threads.
 */
public final class NewBatch {

  private final ObjectNode json = Json.MAPPER.createObjectNode();

  private NewBatch(String processor) {
    json.put("processor", processor);
  }

  /** Starts a batch for the processor of this name, such as {@code scrape}. */
  public static NewBatch of(String processor) {
    return new NewBatch(processor);
  }

  /** Sets a name to find the batch by; null leaves it unset. */
  public NewBatch name(@Nullable String name) {
    if (name != null) {
      json.put("name", name);
    }
    return this;
  }

  /** Adds a label to filter by. */
  public NewBatch metadata(String key, String value) {
    json.withObjectProperty("metadata").put(key, value);
    return this;
  }

  /**
   * Sets one option of the processor.
   *
   * @param value converted to JSON: a number, string, boolean, list, map or {@link JsonNode}
   */
  public NewBatch option(String key, Object value) {
    json.withObjectProperty("options").set(key, Json.MAPPER.valueToTree(value));
    return this;
  }

  /** Sets how many items of the batch may run at once on all nodes together. */
  public NewBatch concurrency(int concurrency) {
    limits().put("concurrency", concurrency);
    return this;
  }

  /** Sets how many times an item is tried before it fails. */
  public NewBatch maxAttempts(int attempts) {
    limits().put("max_attempts", attempts);
    return this;
  }

  /** Sets how long one attempt may take. */
  public NewBatch timeout(Duration timeout) {
    limits().put("timeout_seconds", seconds(timeout));
    return this;
  }

  /**
   * Sets the wait before the second attempt. It doubles with each further attempt.
   *
   * @param longest the upper bound of the wait
   */
  public NewBatch backoff(Duration first, Duration longest) {
    limits().put("backoff_seconds", seconds(first)).put("max_backoff_seconds", seconds(longest));
    return this;
  }

  /** Sets the priority, -100 to 100. Within an account, higher priorities run first. */
  public NewBatch priority(int priority) {
    json.put("priority", priority);
    return this;
  }

  /** Sets the time before which no item starts. */
  public NewBatch startAt(Instant at) {
    json.put("start_at", at.toString());
    return this;
  }

  /** Sets the time at which items that have not run are cancelled. */
  public NewBatch expiresAt(Instant at) {
    json.put("expires_at", at.toString());
    return this;
  }

  /** Sets how long the batch is kept after it ended. */
  public NewBatch retain(Duration retention) {
    json.put("retain_seconds", retention.toSeconds());
    return this;
  }

  /** Adds an item without a ref. */
  public NewBatch item(Object input) {
    return item(null, input);
  }

  /**
   * Adds an item.
   *
   * @param ref the caller's own name of the item, unique in the batch; null for none
   * @param input converted to JSON
   */
  public NewBatch item(@Nullable String ref, Object input) {
    ObjectNode item = items().addObject();
    if (ref != null) {
      item.put("ref", ref);
    }
    item.set("input", Json.MAPPER.valueToTree(input));
    return this;
  }

  /** The JSON body that a submit sends. */
  public String json() {
    return json.toString();
  }

  /** True when every field fits into query parameters, which cannot carry nested values. */
  boolean fitsQuery() {
    return !json.has("metadata") && !json.has("options") && !json.has("items");
  }

  /** The fields as query parameters. Requires {@link #fitsQuery}. */
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
