package io.headgate.dialect.pictify;

import io.headgate.batch.ViolationKind;
import io.headgate.http.InvalidInputException;
import io.headgate.intake.ItemSource.NewItem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The request for a batch, except its {@link RenderStyle}.
 *
 * @param variableSets objects, one per render
 * @param concurrency 1 to 10
 * @param webhookUrl receives a message when the batch has ended
 * @param csvUrl a file whose rows are the variable sets
 * @param mappings between the file's columns and variables; see {@link CsvColumnMapping}
 */
record PictifyBatchRequest(
    @Nullable List<JsonNode> variableSets,
    @Nullable Integer concurrency,
    @Nullable String webhookUrl,
    @Nullable String csvUrl,
    @Nullable Map<String, String> mappings) {

  private static final int MAX_CONCURRENCY = 10;
  private static final int DEFAULT_CONCURRENCY = 5;

  PictifyBatchRequest {
    if (concurrency != null && (concurrency < 1 || concurrency > MAX_CONCURRENCY)) {
      throw new InvalidInputException(
          "concurrency", "must be 1 to " + MAX_CONCURRENCY, ViolationKind.OUT_OF_RANGE);
    }
    if (mappings != null && mappings.values().stream().anyMatch(name -> name == null)) {
      throw new InvalidInputException(
          "mappings", "must each be a string", ViolationKind.WRONG_TYPE);
    }
    if (csvUrl == null) {
      checkSets(variableSets);
    } else if (variableSets != null && !variableSets.isEmpty()) {
      throw new InvalidInputException("csvUrl", "must not be given beside variableSets");
    }
  }

  private static void checkSets(@Nullable List<JsonNode> sets) {
    if (sets == null) {
      throw InvalidInputException.missing("variableSets");
    }
    if (sets.isEmpty()) {
      throw new InvalidInputException(
          "variableSets", "must hold at least 1 set", ViolationKind.OUT_OF_RANGE);
    }
    if (!sets.stream().allMatch(set -> set != null && set.isObject())) {
      throw new InvalidInputException(
          "variableSets", "must each be an object", ViolationKind.WRONG_TYPE);
    }
  }

  int concurrencyOrDefault() {
    return concurrency == null ? DEFAULT_CONCURRENCY : concurrency;
  }

  Map<String, String> mappingsOrEmpty() {
    return mappings == null ? Map.of() : mappings;
  }

  /** An item with this variable set as its input. */
  static NewItem item(JsonNode set) {
    return new NewItem(null, JsonNodeFactory.instance.objectNode().set("variables", set), null);
  }
}
