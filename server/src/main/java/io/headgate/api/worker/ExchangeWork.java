package io.headgate.api.worker;

import io.headgate.api.DecimalSeconds;
import io.headgate.api.NameCheck;
import io.headgate.batch.Caller;
import io.headgate.batch.ViolationKind;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.node.RemoteWorkers;
import io.headgate.node.WorkerRequest;
import io.headgate.node.WorkerResponse;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/workers/exchange}: a remote worker reports results and progress, and receives the
 * items to start and the items to stop.
 */
public record ExchangeWork(RemoteWorkers workers, Processors processors)
    implements Operation.KeyedOperation {

  private static final int MAX_SLOTS = 10_000;
  private static final BigDecimal MAX_WAIT_SECONDS = BigDecimal.valueOf(30);
  private static final String DEFAULT_PROCESSOR = "worker";

  record ExchangeForm(
      @Nullable String worker,
      @Nullable String processor,
      @Nullable Integer slots,
      @Nullable BigDecimal waitSeconds,
      @Nullable List<WorkerSettleForm> settle) {

    ExchangeForm {
      NameCheck.checked("worker", worker);
      if (slots != null && (slots < 0 || slots > MAX_SLOTS)) {
        throw new InvalidInputException(
            "slots",
            "must be between 0 and " + MAX_SLOTS + "; got " + slots,
            ViolationKind.OUT_OF_RANGE);
      }
      if (waitSeconds != null
          && (waitSeconds.signum() < 0 || waitSeconds.compareTo(MAX_WAIT_SECONDS) > 0)) {
        throw new InvalidInputException(
            "wait_seconds",
            "must be between 0 and " + MAX_WAIT_SECONDS,
            ViolationKind.OUT_OF_RANGE);
      }
      if (settle != null && settle.size() > MAX_SLOTS) {
        throw new InvalidInputException(
            "settle",
            "must have at most " + MAX_SLOTS + " entries; got " + settle.size(),
            ViolationKind.OUT_OF_RANGE);
      }
      if (settle != null && settle.stream().anyMatch(line -> line == null)) {
        throw new InvalidInputException(
            "settle", "must contain only objects; got null", ViolationKind.WRONG_TYPE);
      }
    }

    WorkerRequest order(String processor) {
      List<WorkerSettleForm> lines = settle == null ? List.of() : settle;
      return new WorkerRequest(
          NameCheck.checked("worker", worker),
          processor,
          slots == null ? 0 : slots,
          DecimalSeconds.of(waitSeconds, Duration.ZERO),
          lines.stream().flatMap(line -> line.endedAttempt().stream()).toList(),
          lines.stream().flatMap(line -> line.report().stream()).toList());
    }
  }

  record ClaimJson(
      String token,
      UUID batchId,
      int ordinal,
      @Nullable String ref,
      int attempt,
      JsonNode input,
      JsonNode options,
      Instant deadline) {

    static ClaimJson of(WorkerResponse.AssignedItem claimed) {
      return new ClaimJson(
          Long.toString(claimed.claim().token()),
          claimed.claim().batchId(),
          claimed.claim().ordinal(),
          claimed.ref(),
          claimed.claim().attempt(),
          claimed.input(),
          claimed.options(),
          claimed.deadline());
    }
  }

  record InterruptJson(String token, UUID batchId, int ordinal, Instant dueAt) {
    static InterruptJson of(WorkerResponse.RequestedStop stop) {
      return new InterruptJson(
          Long.toString(stop.claim().token()),
          stop.claim().batchId(),
          stop.claim().ordinal(),
          stop.dueAt());
    }
  }

  record RefusedJson(String token, int ordinal, String reason) {
    static RefusedJson of(WorkerRequest.WorkerAttemptEnd refused) {
      return new RefusedJson(
          Long.toString(refused.token()),
          refused.ordinal(),
          "this worker no longer holds this claim; the result was dropped");
    }
  }

  record ExchangeResultJson(
      List<ClaimJson> claims, List<InterruptJson> interrupts, List<RefusedJson> refused) {
    static ExchangeResultJson of(WorkerResponse result) {
      return new ExchangeResultJson(
          result.assigned().stream().map(ClaimJson::of).toList(),
          result.stops().stream().map(InterruptJson::of).toList(),
          result.refused().stream().map(RefusedJson::of).toList());
    }
  }

  @Override
  public Route route() {
    return Route.post("/v1/workers/exchange");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    ExchangeForm body = request.json(ExchangeForm.class);
    WorkerRequest order = body.order(processor(body.processor()));
    try {
      return ApiResponse.json(
          200, ExchangeResultJson.of(workers.exchange(caller.account(), order)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a remote worker waited for items", e);
    }
  }

  private String processor(@Nullable String requested) {
    String name = Optional.ofNullable(requested).orElse(DEFAULT_PROCESSOR);
    return processors
        .find(name)
        .filter(Processor::remote)
        .map(Processor::name)
        .orElseThrow(() ->
            Problem.invalid(
                    InputError.field(
                        "processor",
                        "must be a processor whose items remote workers run, such as "
                            + DEFAULT_PROCESSOR))
                .asException());
  }
}
