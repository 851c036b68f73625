package io.headgate.processor;

import io.headgate.batch.Violation;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A processor whose input is a URL, as text or in an object. */
public final class PageProcessor implements Processor {

  @Override
  public String name() {
    return "page";
  }

  @Override
  public long creditsPerItem() {
    return 2;
  }

  @Override
  public List<Violation> checkOptions(JsonNode options) {
    return options.has("colour") ? List.of(new Violation("colour", "is no option")) : List.of();
  }

  @Override
  public List<Violation> checkInput(JsonNode input, JsonNode options) {
    if (input.isString()) {
      return List.of();
    }
    return input.path("url").isString()
        ? List.of()
        : List.of(new Violation("url", "must be a string"));
  }

  @Override
  public Outcome run(Input input, Attempt attempt) {
    return new Outcome.Succeeded(input.input());
  }
}
