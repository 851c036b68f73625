package io.headgate.api.admin;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code GET /v1/processors}: lists the processors and what this server needs to run them. */
record ListProcessors(Processors processors) implements Operation.KeyedOperation {

  /** A processor as JSON of the native API. */
  record ProcessorJson(
      String name,
      boolean ready,
      List<String> missing,
      List<String> notes,
      JsonNode optionsSchema,
      JsonNode inputSchema,
      long creditsPerItem) {

    static ProcessorJson of(Processor processor) {
      List<String> missing = processor.missingRequirements();
      return new ProcessorJson(
          processor.name(),
          missing.isEmpty(),
          missing,
          processor.restrictions(),
          processor.optionsSchema(),
          processor.inputSchema(),
          processor.creditsPerItem());
    }
  }

  @Override
  public Route route() {
    return Route.get("/v1/processors");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    return ApiResponse.json(200, processors.all().stream().map(ProcessorJson::of).toList());
  }
}
