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
record SpidraJobResult(
    JsonNode content,
    List<ScrapedPage> data,
    List<String> screenshots,
    @JsonProperty("ai_extraction_failed") boolean aiFailed,
    JobStats stats,
    @JsonIgnore @Nullable String firstError) {

  record ScrapedPage(
      String url,
      @Nullable String title,
      @Nullable String markdownContent,
      boolean success,
      @Nullable String screenshotUrl) {}

  record JobStats(
      long durationMs,
      int captchaSolvedCount,
      int inputTokens,
      int outputTokens,
      int totalTokens) {}

  static SpidraJobResult of(BatchView job, List<ItemView> items, SpidraScreenshots screenshots) {
    List<ScrapedPage> pages = items.stream().map(item -> page(item, screenshots.of(item))).toList();
    return new SpidraJobResult(
        content(items, SpidraStoredRequest.readFrom(job).output()),
        pages,
        pages.stream().map(ScrapedPage::screenshotUrl).filter(Objects::nonNull).toList(),
        false,
        new JobStats(milliseconds(job), 0, 0, 0, 0),
        items.stream()
            .map(ItemView::error)
            .filter(Objects::nonNull)
            .map(error -> error.message())
            .findFirst()
            .orElse(null));
  }

  private static JsonNode content(List<ItemView> items, ScrapeRequest.ResultForm form) {
    List<JsonNode> results =
        items.stream()
            .map(SpidraResult::of)
            .filter(Objects::nonNull)
            .map(result -> result.inForm(form))
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

  private static ScrapedPage page(ItemView item, @Nullable String screenshot) {
    SpidraResult result = SpidraResult.of(item);
    String url = JsonMapper.shared().readTree(item.data().input()).path("url").asString("");
    return result == null
        ? new ScrapedPage(url, null, null, false, null)
        : new ScrapedPage(url, result.title(), result.content(), true, screenshot);
  }

  static long milliseconds(BatchView job) {
    Instant from = job.status().startedAt();
    Instant to = job.status().finishedAt();
    return from == null || to == null ? 0 : Duration.between(from, to).toMillis();
  }
}
