package io.headgate.faults;

import io.headgate.faults.History.What;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes the time its batch asks for ({@code millis}), fails the first attempt of every so manieth
 * item ({@code fail_every}), and writes down what it really did.
 */
final class ChronicleProcessor implements Processor {

  static final String NAME = "chronicle";

  private final String name;
  private final long millisUnlessAsked;
  private final Path history;

  ChronicleProcessor(Path history) {
    this(NAME, 0, history);
  }

  /**
   * One that stands in for a processor of the house, for batches that cannot ask for a time.
   *
   * @param millisUnlessAsked what an item takes
   */
  ChronicleProcessor(String name, long millisUnlessAsked, Path history) {
    this.name = name;
    this.millisUnlessAsked = millisUnlessAsked;
    this.history = history;
  }

  private void write(What what, Input input, Attempt attempt) throws IOException {
    History.append(
        history,
        new History.Event(
            what,
            input.batchId(),
            input.ordinal(),
            attempt.number(),
            ProcessHandle.current().pid(),
            System.currentTimeMillis()));
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws Exception {
    write(What.STARTED, input, attempt);
    CountDownLatch never = new CountDownLatch(1);
    try {
      if (never.await(millis(input), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody opens this latch");
      }
    } catch (InterruptedException e) {
      write(What.INTERRUPTED, input, attempt);
      throw e;
    }
    if (fails(input, attempt)) {
      write(What.FAILED, input, attempt);
      return Outcome.Failed.passing("asked-for", "as its batch asked");
    }
    write(What.FINISHED, input, attempt);
    return new Outcome.Succeeded(input.input());
  }

  private long millis(Input input) {
    return input.options().path("millis").asLong(millisUnlessAsked);
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
