package io.headgate.api.admin;

import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import java.util.Map;

/** {@code GET /healthz}: the process lives. */
record ShowHealth() implements Operation.Open {

  @Override
  public Route route() {
    return Route.get("/healthz");
  }

  @Override
  public Answer answer(Request request) {
    return Answer.json(200, Map.of("status", "ok"));
  }
}
