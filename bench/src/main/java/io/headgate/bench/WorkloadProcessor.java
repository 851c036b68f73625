package io.headgate.bench;

import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A processor that runs each item as a job of the current {@link Workload}. */
final class WorkloadProcessor implements Processor {

  static final String NAME = "held";

  private static final JsonNode NOTHING = JsonMapper.shared().readTree("{}");

  private volatile Workload workload = new Workload();

  void work(Workload next) {
    workload = next;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws InterruptedException {
    workload.run();
    return new Outcome.Succeeded(NOTHING);
  }
}
