package io.headgate.dialect.spidra;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headgate.view.BatchView;
import io.headgate.view.ItemView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The result of a single scrape.
 *
 * @param content the result of one page; for several pages an array, or one text for Markdown
 * @param aiFailed always false: no model is called
 */
record JobResult(
    JsonNode content,
    List<Page> data,
    List<String> screenshots,
    @JsonProperty("ai_extraction_failed") boolean aiFailed,
    Stats stats,
    @JsonIgnore @Nullable String firstError) {

  record Page(
      String url,
      @Nullable String title,
      @Nullable String markdownContent,
      boolean success,
      @Nullable String screenshotUrl) {}

  record Stats(
      long durationMs,
      int captchaSolvedCount,
      int inputTokens,
      int outputTokens,
      int totalTokens) {}

  static JobResult of(BatchView job, List<ItemView> items, Screenshots screenshots) {
    List<Page> pages = items.stream().map(item -> page(item, screenshots.of(item))).toList();
    return new JobResult(
        content(items, Asked.in(job).output()),
        pages,
        pages.stream().map(Page::screenshotUrl).filter(Objects::nonNull).toList(),
        false,
        new Stats(milliseconds(job), 0, 0, 0, 0),
        items.stream()
            .map(ItemView::error)
            .filter(Objects::nonNull)
            .map(error -> error.message())
            .findFirst()
            .orElse(null));
  }

  private static JsonNode content(List<ItemView> items, Wish.Form form) {
    List<JsonNode> results =
        items.stream()
            .map(Result::of)
            .filter(Objects::nonNull)
            .map(result -> result.as(form))
            .toList();
    if (results.size() == 1 && items.size() == 1) {
      return results.getFirst();
    }
    return switch (form) {
      case MARKDOWN, TEXT ->
          JsonNodeFactory.instance.stringNode(
              String.join("\n\n", results.stream().map(JsonNode::asString).toList()));
      case JSON -> {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        results.forEach(all::add);
        yield all;
      }
    };
  }

  private static Page page(ItemView item, @Nullable String screenshot) {
    Result result = Result.of(item);
    String url = JsonMapper.shared().readTree(item.data().input()).path("url").asString("");
    return result == null
        ? new Page(url, null, null, false, null)
        : new Page(url, result.title(), result.content(), true, screenshot);
  }

  static long milliseconds(BatchView job) {
    Instant from = job.status().startedAt();
    Instant to = job.status().finishedAt();
    return from == null || to == null ? 0 : Duration.between(from, to).toMillis();
  }
}
