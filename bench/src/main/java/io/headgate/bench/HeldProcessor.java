package io.headgate.bench;

import io.headgate.batch.Violation;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does to an item what the workload of the day does to a job. */
final class HeldProcessor implements Processor {

  static final String NAME = "held";

  private static final JsonNode ANYTHING = JsonMapper.shared().readTree("{}");

  private volatile Workload workload = new Workload();

  void work(Workload next) {
    workload = next;
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
    workload.run();
    return new Outcome.Succeeded(ANYTHING);
  }
}
