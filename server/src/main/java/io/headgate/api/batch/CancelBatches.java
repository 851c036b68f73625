package io.headgate.api.batch;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.engine.Engine;
import io.headgate.http.ApiResponse;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Json;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.BatchFilter;
import io.headgate.view.BatchView;
import io.headgate.view.Batches;
import io.headgate.view.ListPage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/batches/cancel}: starts a bulk cancel of all batches that match the filter now. A
 * filter without a state matches only batches that are pending or running.
 */
record CancelBatches(Engine engine, Batches batches) implements Operation.KeyedOperation {

  private static final Set<BatchState> UNFINISHED =
      Set.copyOf(EnumSet.of(BatchState.PENDING, BatchState.RUNNING));

  record BulkCancelForm(
      @Nullable FilterForm filter,
      @Nullable CancelMode mode,
      @Nullable BigDecimal graceSeconds,
      @Nullable String reason) {

    BulkCancelForm {
      if (filter == null || filter.filter().matchesAll()) {
        throw new InvalidInputException(
            "filter", "is required and must have at least one member, such as \"processor\"");
      }
      new CancelForm(mode, graceSeconds, reason).order();
    }

    FilterForm requiredFilter() {
      return java.util.Objects.requireNonNull(filter);
    }
  }

  record BulkCancelJson(UUID operationId, int matched) {}

  @Override
  public Route route() {
    return Route.post("/v1/batches/cancel");
  }

  @Override
  public Scope scope() {
    return Scope.CANCEL;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    BulkCancelForm body = request.json(BulkCancelForm.class);
    CancelForm form = new CancelForm(body.mode(), body.graceSeconds(), body.reason());
    List<UUID> matched = matched(caller, onlyUnfinished(body.requiredFilter().filter()));
    String filter = new String(Json.write(body.requiredFilter()), StandardCharsets.UTF_8);
    AtomicReference<ApiResponse> started = new AtomicReference<>();
    engine.cancelAll(
        caller,
        filter,
        matched,
        form.order(),
        (tx, operation) -> {
          ApiResponse answer =
              ApiResponse.json(202, new BulkCancelJson(operation, matched.size()))
                  .withHeader("Location", "/v1/operations/" + operation);
          request.recordResponse(tx, answer);
          started.set(answer);
        });
    return started.get();
  }

  private static BatchFilter onlyUnfinished(BatchFilter filter) {
    return filter.states().isEmpty()
        ? new BatchFilter(
            UNFINISHED,
            filter.processor(),
            filter.name(),
            filter.metadata(),
            filter.createdAfter(),
            filter.createdBefore())
        : filter;
  }

  private List<UUID> matched(Caller caller, BatchFilter filter) {
    List<UUID> found = new ArrayList<>();
    ListPage<BatchView> page = batches.list(caller.account(), filter, null, ListPage.MAX_LIMIT);
    page.data().forEach(batch -> found.add(batch.id()));
    while (page.hasMore()) {
      page = batches.list(caller.account(), filter, found.getLast(), ListPage.MAX_LIMIT);
      page.data().forEach(batch -> found.add(batch.id()));
    }
    return found;
  }
}
