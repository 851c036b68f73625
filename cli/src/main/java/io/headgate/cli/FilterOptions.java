package io.headgate.cli;

import io.headgate.client.BatchFilter;
import io.headgate.client.BatchState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which batches are meant. */
final class FilterOptions {

  @Option(names = "--state", description = "Only in this state: ${COMPLETION-CANDIDATES}")
  private @Nullable BatchState state;

  @Option(names = "--processor", paramLabel = "NAME", description = "Only of this processor")
  private @Nullable String processor;

  @Option(names = "--name", description = "Only of this name")
  private @Nullable String name;

  @Option(names = "--metadata", paramLabel = "K=V", description = "Only so labelled; repeatable")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--created-after",
      paramLabel = "TIME",
      description = "Such as 2026-11-21T10:00:00Z")
  private @Nullable Instant createdAfter;

  @Option(
      names = "--created-before",
      paramLabel = "TIME",
      description = "Such as 2026-11-21T10:00:00Z")
  private @Nullable Instant createdBefore;

  BatchFilter filter() {
    return new BatchFilter(state, processor, name, metadata, createdAfter, createdBefore);
  }
}
