package io.headgate.processor.worker;

import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;

/**
 * The processor {@code worker}: items that the account's own workers fetch with {@code POST
 * /v1/workers/exchange}. The server stores options and inputs without interpreting them.
 */
public final class WorkerProcessor implements Processor {

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public Outcome run(Input input, Attempt attempt) {
    throw new IllegalStateException("remote workers run the items of " + name());
  }
}
