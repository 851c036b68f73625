package io.headgate.api.batch;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.ItemRefs;
import io.headgate.batch.ViolationKind;
import io.headgate.engine.Engine;
import io.headgate.engine.ItemsCancelResult;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/batches/{id}/items/cancel}: cancels single items, without fence or receipt. */
record CancelItems(Engine engine) implements Operation.KeyedOperation {

  /** Maximum items of one call. To cancel more, a client cancels the batch. */
  private static final int MAX_ITEMS = 10_000;

  record CancelItemsForm(
      @Nullable List<Integer> ordinals,
      @Nullable List<String> refs,
      @Nullable CancelMode mode,
      @Nullable BigDecimal graceSeconds,
      @Nullable String reason) {

    CancelItemsForm {
      long names = size(ordinals) + size(refs);
      if (names == 0 || names > MAX_ITEMS) {
        throw new InvalidInputException(
            "",
            "the body must name 1 to " + MAX_ITEMS + " items in ordinals and refs together",
            ViolationKind.OUT_OF_RANGE);
      }
      if (ordinals != null
          && ordinals.stream().anyMatch(ordinal -> ordinal == null || ordinal < 0)) {
        throw new InvalidInputException(
            "ordinals", "must be integers of 0 or more", ViolationKind.OUT_OF_RANGE);
      }
      if (refs != null && refs.stream().anyMatch(ref -> ref == null)) {
        throw new InvalidInputException("refs", "must be strings", ViolationKind.WRONG_TYPE);
      }
      new CancelForm(mode, graceSeconds, reason).order();
    }

    private static long size(@Nullable List<?> names) {
      return names == null ? 0 : names.size();
    }

    ItemRefs items() {
      return new ItemRefs(
          ordinals == null ? Set.of() : Set.copyOf(ordinals),
          refs == null ? Set.of() : Set.copyOf(refs));
    }
  }

  record CancelledItemsJson(
      List<Integer> cancelled, List<ItemsCancelResult.Skipped> skipped, long creditsRefunded) {}

  @Override
  public Route route() {
    return Route.post("/v1/batches/{id}/items/cancel");
  }

  @Override
  public Scope scope() {
    return Scope.CANCEL;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    CancelItemsForm body = request.json(CancelItemsForm.class);
    CancelForm form = new CancelForm(body.mode(), body.graceSeconds(), body.reason());
    AtomicReference<ApiResponse> answered = new AtomicReference<>();
    ItemsCancelResult result =
        engine.cancelItems(
            caller,
            id,
            body.items(),
            form.order(),
            (tx, done) -> {
              ApiResponse answer = answer(done);
              request.recordResponse(tx, answer);
              answered.set(answer);
            });
    return switch (result) {
      case ItemsCancelResult.ItemsCancelled done -> answered.get();
      case ItemsCancelResult.NoSuchItems(List<String> names) ->
          throw Problem.invalid(
                  names.stream()
                      .map(name -> InputError.field("", "the batch has no item " + name))
                      .toList())
              .asException();
      case ItemsCancelResult.ItemsAlreadyFinished(BatchState state) ->
          throw Refusals.finished(state);
      case ItemsCancelResult.ItemsNoSuchBatch() -> throw Refusals.notFound();
    };
  }

  private static ApiResponse answer(ItemsCancelResult.ItemsCancelled done) {
    return ApiResponse.json(
        200, new CancelledItemsJson(done.cancelled(), done.skipped(), done.creditsRefunded()));
  }
}
