package io.headgate.cli;

import io.headgate.client.BatchFilter;
import io.headgate.client.BatchState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select batches. */
final class FilterOptions {

  @Option(names = "--state", description = "Only batches in this state: ${COMPLETION-CANDIDATES}")
  private @Nullable BatchState state;

  @Option(
      names = "--processor",
      paramLabel = "NAME",
      description = "Only batches of this processor")
  private @Nullable String processor;

  @Option(names = "--name", description = "Only batches with this name")
  private @Nullable String name;

  @Option(
      names = "--metadata",
      paramLabel = "K=V",
      description = "Only batches with this label; repeatable")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--created-after",
      paramLabel = "TIME",
      description = "Only batches created after this time, such as 2026-11-21T10:00:00Z")
  private @Nullable Instant createdAfter;

  @Option(
      names = "--created-before",
      paramLabel = "TIME",
      description = "Only batches created before this time, such as 2026-11-21T10:00:00Z")
  private @Nullable Instant createdBefore;

  BatchFilter filter() {
    return new BatchFilter(state, processor, name, metadata, createdAfter, createdBefore);
  }
}
