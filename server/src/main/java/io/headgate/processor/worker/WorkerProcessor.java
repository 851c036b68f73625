package io.headgate.processor.worker;

import io.headgate.batch.Violation;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Work that the account's own workers fetch with {@code POST /v1/workers/exchange}. What options
 * and inputs mean only they know.
 */
public final class WorkerProcessor implements Processor {

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public long creditsPerItem() {
    return 1;
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public List<String> missing() {
    return List.of();
  }

  @Override
  public JsonNode optionsSchema() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }

  @Override
  public JsonNode inputSchema() {
    return JsonNodeFactory.instance.objectNode();
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
  public Outcome run(Input input, Attempt attempt) {
    throw new IllegalStateException("items of " + name() + " are run by remote workers only");
  }
}
