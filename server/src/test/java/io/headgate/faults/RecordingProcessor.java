package io.headgate.faults;

import io.headgate.faults.AttemptLog.AttemptEventType;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs each item for a time of its batch's choice ({@code millis}), fails the first attempt of
 * every n-th item ({@code fail_every}), and appends what it did to the {@link AttemptLog}.
 */
final class RecordingProcessor implements Processor {

  static final String NAME = "chronicle";

  private final String name;
  private final long defaultMillis;
  private final Path history;

  RecordingProcessor(Path history) {
    this(NAME, 0, history);
  }

  /**
   * Creates a replacement of a built-in processor, for batches that cannot set {@code millis}.
   *
   * @param defaultMillis the default duration of an item
   */
  RecordingProcessor(String name, long defaultMillis, Path history) {
    this.name = name;
    this.defaultMillis = defaultMillis;
    this.history = history;
  }

  private void write(AttemptEventType what, Input input, Attempt attempt) throws IOException {
    AttemptLog.append(
        history,
        new AttemptLog.AttemptEvent(
            what,
            input.batchId(),
            input.ordinal(),
            attempt.number(),
            ProcessHandle.current().pid(),
            System.currentTimeMillis()));
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws Exception {
    write(AttemptEventType.STARTED, input, attempt);
    CountDownLatch never = new CountDownLatch(1);
    try {
      if (never.await(millis(input), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the latch was opened");
      }
    } catch (InterruptedException e) {
      write(AttemptEventType.INTERRUPTED, input, attempt);
      throw e;
    }
    if (fails(input, attempt)) {
      write(AttemptEventType.FAILED, input, attempt);
      return Outcome.Failed.retryable("asked-for", "requested by fail_every");
    }
    write(AttemptEventType.FINISHED, input, attempt);
    return new Outcome.Succeeded(input.input());
  }

  private long millis(Input input) {
    return input.options().path("millis").asLong(defaultMillis);
  }

  private static boolean fails(Input input, Attempt attempt) {
    int every = input.options().path("fail_every").asInt(0);
    return every > 0 && attempt.number() == 1 && input.ordinal() % every == 0;
  }

  @Override
  public String name() {
    return name;
  }
}
