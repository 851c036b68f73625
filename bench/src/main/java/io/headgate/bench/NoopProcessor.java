package io.headgate.bench;

import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * A processor that does nothing, so that only the engine is measured. Its gate holds items until
 * the measurement starts.
 */
final class NoopProcessor implements Processor {

  static final String NAME = "noop";

  private static final Outcome DONE = new Outcome.Succeeded(JsonMapper.shared().readTree("{}"));

  private final AtomicLong runs = new AtomicLong();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile long lastStart;

  /** Makes items that start from now on wait. */
  void closeGate() {
    gate = new CountDownLatch(1);
  }

  void openGate() {
    gate.countDown();
  }

  /** How many items have run. */
  long runs() {
    return runs.get();
  }

  /** The {@link System#nanoTime} of the most recent start of an item. */
  long lastStart() {
    return lastStart;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws InterruptedException {
    lastStart = System.nanoTime();
    gate.await();
    runs.incrementAndGet();
    return DONE;
  }
}
