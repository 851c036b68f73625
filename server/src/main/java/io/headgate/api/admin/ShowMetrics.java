package io.headgate.api.admin;

import io.headgate.access.AccessFilter;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * {@code GET /metrics}: returns the metrics in the Prometheus text format.
 *
 * @param keyed whether a request from loopback needs a key too; every other request always does
 */
record ShowMetrics(PrometheusMeterRegistry metrics, AccessFilter gate, boolean keyed)
    implements Operation.OpenOperation {

  @Override
  public Route route() {
    return Route.get("/metrics");
  }

  @Override
  public ApiResponse handle(Request request) {
    if (keyed || !request.fromLoopback()) {
      gate.authorize(request, Scope.READ);
    }
    return ApiResponse.text(200, "text/plain; version=0.0.4", metrics.scrape());
  }
}
