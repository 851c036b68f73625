package io.headgate.bench;

import io.headgate.batch.Violation;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A processor that does nothing, so that all that is measured is the engine. Its gate holds items
 * until everything is in place and the clock runs.
 */
final class Noop implements Processor {

  static final String NAME = "noop";

  private static final JsonNode ANYTHING = JsonMapper.shared().readTree("{}");
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
  public long creditsPerItem() {
    return 1;
  }

  @Override
  public List<String> missing() {
    return List.of();
  }

  @Override
  public JsonNode optionsSchema() {
    return ANYTHING;
  }

  @Override
  public JsonNode inputSchema() {
    return ANYTHING;
  }

  @Override
  public List<Violation> checkOptions(JsonNode options) {
    return List.of();
  }

  @Override
  public List<Violation> checkInput(JsonNode input, JsonNode options) {
    return List.of();
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws InterruptedException {
    lastStart = System.nanoTime();
    gate.await();
    runs.incrementAndGet();
    return DONE;
  }
}
