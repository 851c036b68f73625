package io.headgate.dialect.pictify;

import io.headgate.http.InvalidInput;
import io.headgate.intake.ItemSource.NewItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A batch as Pictify's clients ask for it, besides its {@link Look}.
 *
 * @param variableSets objects, one a render
 * @param concurrency 1 to 10
 * @param webhookUrl is told when the batch has ended
 * @param csvUrl refused: nothing is read from there
 */
record BatchForm(
    @Nullable List<JsonNode> variableSets,
    @Nullable Integer concurrency,
    @Nullable String webhookUrl,
    @Nullable String csvUrl) {

  private static final int MAX_CONCURRENCY = 10;
  private static final int DEFAULT_CONCURRENCY = 5;

  BatchForm {
    if (concurrency != null && (concurrency < 1 || concurrency > MAX_CONCURRENCY)) {
      throw new InvalidInput("concurrency", "must be 1 to " + MAX_CONCURRENCY);
    }
    if (csvUrl != null) {
      throw new InvalidInput("csvUrl", "is not read here, send its rows as variableSets");
    }
    if (variableSets == null) {
      throw new InvalidInput("variableSets", "is required");
    }
    if (variableSets.isEmpty()) {
      throw new InvalidInput("variableSets", "must hold at least 1 set");
    }
    if (!variableSets.stream().allMatch(JsonNode::isObject)) {
      throw new InvalidInput("variableSets", "must each be an object");
    }
  }

  int running() {
    return concurrency == null ? DEFAULT_CONCURRENCY : concurrency;
  }

  List<NewItem> items() {
    List<NewItem> items = new ArrayList<>();
    for (JsonNode set : Objects.requireNonNull(variableSets)) {
      items.add(
          new NewItem(null, JsonNodeFactory.instance.objectNode().set("variables", set), null));
    }
    return items;
  }
}
