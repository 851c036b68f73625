package io.headgate.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which batches; null and empty leave a criterion out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BatchFilter(
    @Nullable BatchState state,
    @Nullable String processor,
    @Nullable String name,
    Map<String, String> metadata,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore) {

  public static final BatchFilter ALL = new BatchFilter(null, null, null, Map.of(), null, null);

  public BatchFilter {
    metadata = Map.copyOf(metadata);
  }
}
