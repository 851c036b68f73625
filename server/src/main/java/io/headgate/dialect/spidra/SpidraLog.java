package io.headgate.dialect.spidra;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headgate.view.BatchView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The log of a single scrape that has ended.
 *
 * @param resultData null in lists
 */
record SpidraLog(
    UUID uuid,
    List<LoggedUrl> urls,
    @JsonProperty("extraction_prompt") @Nullable String prompt,
    String status,
    @JsonProperty("credits_used") long creditsUsed,
    @JsonProperty("started_at") @Nullable Instant startedAt,
    @JsonProperty("finished_at") @Nullable Instant finishedAt,
    @JsonProperty("error_message") @Nullable String errorMessage,
    @JsonProperty("input_tokens") int inputTokens,
    @JsonProperty("output_tokens") int outputTokens,
    @JsonProperty("tokens_used") int tokensUsed,
    @JsonProperty("latency_ms") long latencyMs,
    @JsonProperty("ai_output_format") String outputFormat,
    @JsonProperty("use_proxy") int useProxy,
    @JsonProperty("proxy_country") @Nullable String proxyCountry,
    @JsonProperty("result_data") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable JsonNode resultData) {

  record LoggedUrl(String url) {}

  static SpidraLog of(BatchView job, SpidraJobResult result, @Nullable JsonNode resultData) {
    SpidraStoredRequest stored = SpidraStoredRequest.readFrom(job);
    boolean success = job.counts().succeeded() > 0;
    return new SpidraLog(
        job.id(),
        result.data().stream().map(page -> new LoggedUrl(page.url())).toList(),
        stored.prompt(),
        success ? "success" : "failed",
        job.credits().charged(),
        job.status().startedAt(),
        job.status().finishedAt(),
        success ? null : result.firstError(),
        0,
        0,
        0,
        SpidraJobResult.milliseconds(job),
        stored.output().wireName(),
        stored.useProxy() ? 1 : 0,
        stored.proxyCountry(),
        resultData);
  }
}
