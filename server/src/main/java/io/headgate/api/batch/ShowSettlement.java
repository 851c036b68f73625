package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.Settlement;
import io.headgate.view.SettlementReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/batches/{id}/settlement}: returns the outcomes of items that ran at the fence. */
record ShowSettlement(SettlementReader settlements) implements Operation.KeyedOperation {

  record SettlementCreditsJson(long charged, long refunded) {}

  record SettlementJson(
      String state,
      @Nullable Instant dueAt,
      @Nullable Instant settledAt,
      int running,
      int succeeded,
      int failed,
      int cancelled,
      int interrupted,
      int abandoned,
      SettlementCreditsJson credits,
      List<Settlement.SettledItem> items) {

    static SettlementJson of(Settlement settlement) {
      Settlement.Outcomes outcomes = settlement.outcomes();
      return new SettlementJson(
          settlement.settled() ? "settled" : "settling",
          settlement.dueAt(),
          settlement.settledAt(),
          outcomes.running(),
          outcomes.succeeded(),
          outcomes.failed(),
          outcomes.cancelled(),
          outcomes.interrupted(),
          outcomes.abandoned(),
          new SettlementCreditsJson(
              settlement.credits().charged(), settlement.credits().refunded()),
          settlement.items());
    }
  }

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/settlement");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    return settlements
        .find(caller.account(), id)
        .map(settlement -> ApiResponse.json(200, SettlementJson.of(settlement)))
        .orElseThrow(Refusals::notFound);
  }
}
