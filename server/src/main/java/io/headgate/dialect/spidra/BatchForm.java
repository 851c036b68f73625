package io.headgate.dialect.spidra;

import io.headgate.batch.Limits;
import io.headgate.dialect.VendorJson;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.NewBatch.Origin;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.intake.ItemSource.NewItem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A batch as Spidra's clients ask for it. */
record BatchForm(@Nullable List<String> urls, @Nullable String output) {

  private static final int MAX_URLS = 50;
  private static final long CREDITS_PER_URL = 2;

  BatchForm {
    if (urls != null && (urls.isEmpty() || urls.size() > MAX_URLS)) {
      throw Problem.of(ProblemCode.INVALID_ITEMS, "urls must hold 1 to 50 entries").asException();
    }
  }

  List<NewItem> items() {
    return Objects.requireNonNull(urls).stream()
        .map(url -> new NewItem(null, JsonNodeFactory.instance.objectNode().put("url", url), null))
        .toList();
  }

  BatchOrder order() {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("output", "markdown");
    return new BatchOrder(
        "scrape",
        null,
        JsonNodeFactory.instance.objectNode(),
        options,
        Limits.DEFAULT,
        0,
        null,
        null,
        BatchOrder.DEFAULT_RETAIN_SECONDS,
        new Origin(Spidra.NAME, VendorJson.tree(this), CREDITS_PER_URL));
  }
}
