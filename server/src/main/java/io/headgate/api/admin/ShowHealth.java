package io.headgate.api.admin;

import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import java.util.Map;

/** {@code GET /healthz}: the process is alive. */
record ShowHealth() implements Operation.OpenOperation {

  @Override
  public Route route() {
    return Route.get("/healthz");
  }

  @Override
  public ApiResponse handle(Request request) {
    return ApiResponse.json(200, Map.of("status", "ok"));
  }
}
