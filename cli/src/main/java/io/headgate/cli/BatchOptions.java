package io.headgate.cli;

import io.headgate.client.NewBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a new batch. */
final class BatchOptions {

  @Option(
      names = "--processor",
      required = true,
      paramLabel = "NAME",
      description = "The processor that runs the items; 'headgate processors' lists them")
  private String processor = "";

  @Option(names = "--name", description = "A name for the batch")
  private @Nullable String name;

  @Option(
      names = "--options",
      paramLabel = "K=V|JSON",
      description = "An option of the processor, or a JSON object of options; repeatable")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--metadata",
      paramLabel = "K=V",
      description = "A label of the batch; repeatable")
  private List<String> metadata = new ArrayList<>();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "The most items that run at once")
  private @Nullable Integer concurrency;

  @Option(names = "--priority", paramLabel = "N", description = "-100 to 100; higher runs first")
  private @Nullable Integer priority;

  @Option(
      names = "--start-at",
      paramLabel = "TIME",
      description = "Start no item before this time, such as 2026-11-21T10:00:00Z")
  private @Nullable Instant startAt;

  @Option(
      names = "--expires-in",
      paramLabel = "DURATION",
      description = "Cancel the items that have not run by then, such as 30m, 2h or 7d")
  private @Nullable Duration expiresIn;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      description = "How many times an item is tried before it fails")
  private @Nullable Integer maxAttempts;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "The longest one attempt may take, such as 60s")
  private @Nullable Duration timeout;

  /**
   * @throws IllegalArgumentException when {@code --options} or {@code --metadata} is malformed
   */
  NewBatch newBatch() {
    NewBatch batch = NewBatch.of(processor).name(name);
    ArgumentParser.setOptions(batch, options);
    for (String label : metadata) {
      Map.Entry<String, String> pair = ArgumentParser.pair(label);
      batch.metadata(pair.getKey(), pair.getValue());
    }
    setLimits(batch);
    setTimes(batch);
    return batch;
  }

  private void setLimits(NewBatch batch) {
    if (concurrency != null) {
      batch.concurrency(concurrency);
    }
    if (maxAttempts != null) {
      batch.maxAttempts(maxAttempts);
    }
    if (timeout != null) {
      batch.timeout(timeout);
    }
    if (priority != null) {
      batch.priority(priority);
    }
  }

  private void setTimes(NewBatch batch) {
    if (startAt != null) {
      batch.startAt(startAt);
    }
    if (expiresIn != null) {
      batch.expiresAt(Instant.now().plus(expiresIn));
    }
  }
}
