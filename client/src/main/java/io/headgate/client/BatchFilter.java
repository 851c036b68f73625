package io.headgate.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects batches. A batch matches when it meets every criterion; null and empty criteria match
 * every batch.
 *
 * @param metadata labels that a batch must carry with these values
 * @param createdAfter lower bound of the creation time
 * @param createdBefore upper bound of the creation time
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BatchFilter(
    @Nullable BatchState state,
    @Nullable String processor,
    @Nullable String name,
    Map<String, String> metadata,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore) {

  /** Matches every batch. */
  public static final BatchFilter ALL = new BatchFilter(null, null, null, Map.of(), null, null);

  public BatchFilter {
    metadata = Map.copyOf(metadata);
  }
}
