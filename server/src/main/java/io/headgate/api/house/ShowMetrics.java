package io.headgate.api.house;

import io.headgate.access.AccessGate;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * {@code GET /metrics} in Prometheus' text format. Without a key only on loopback, and not even
 * there when {@code keyed}.
 */
record ShowMetrics(PrometheusMeterRegistry metrics, AccessGate gate, boolean keyed)
    implements Operation.Open {

  @Override
  public Route route() {
    return Route.get("/metrics");
  }

  @Override
  public Answer answer(Request request) {
    if (keyed || !request.fromLoopback()) {
      gate.require(request, Scope.READ);
    }
    return Answer.text(200, "text/plain; version=0.0.4", metrics.scrape());
  }
}
