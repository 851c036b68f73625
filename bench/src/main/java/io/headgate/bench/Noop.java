package io.headgate.bench;

import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * A processor that does nothing, so that all that is measured is the engine. Its gate holds items
 * until everything is in place and the clock runs.
 */
final class Noop implements Processor {

  static final String NAME = "noop";

  private static final Outcome DONE = new Outcome.Succeeded(JsonMapper.shared().readTree("{}"));

  private final AtomicLong runs = new AtomicLong();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile long lastStart;

  /** Items that start from now on wait inside. */
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

  /** When the item that started last did, as {@link System#nanoTime} has it. */
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
