package io.headgate.api.worker;

import io.headgate.api.Names;
import io.headgate.api.Seconds;
import io.headgate.batch.Caller;
import io.headgate.batch.Flaw;
import io.headgate.http.Answer;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInput;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.node.RemoteWorkers;
import io.headgate.node.WorkerOrder;
import io.headgate.node.WorkerTurn;
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
    implements Operation.Keyed {

  private static final int MOST_SLOTS = 10_000;
  private static final BigDecimal LONGEST_WAIT = BigDecimal.valueOf(30);
  private static final String PROCESSOR = "worker";

  record Body(
      @Nullable String worker,
      @Nullable String processor,
      @Nullable Integer slots,
      @Nullable BigDecimal waitSeconds,
      @Nullable List<WorkerSettle> settle) {

    Body {
      Names.checked("worker", worker);
      if (slots != null && (slots < 0 || slots > MOST_SLOTS)) {
        throw new InvalidInput(
            "slots", "must be between 0 and " + MOST_SLOTS + "; got " + slots, Flaw.OUT_OF_RANGE);
      }
      if (waitSeconds != null
          && (waitSeconds.signum() < 0 || waitSeconds.compareTo(LONGEST_WAIT) > 0)) {
        throw new InvalidInput(
            "wait_seconds", "must be between 0 and " + LONGEST_WAIT, Flaw.OUT_OF_RANGE);
      }
      if (settle != null && settle.size() > MOST_SLOTS) {
        throw new InvalidInput(
            "settle",
            "must have at most " + MOST_SLOTS + " entries; got " + settle.size(),
            Flaw.OUT_OF_RANGE);
      }
      if (settle != null && settle.stream().anyMatch(line -> line == null)) {
        throw new InvalidInput("settle", "must contain only objects; got null", Flaw.WRONG_TYPE);
      }
    }

    WorkerOrder order(String processor) {
      List<WorkerSettle> lines = settle == null ? List.of() : settle;
      return new WorkerOrder(
          Names.checked("worker", worker),
          processor,
          slots == null ? 0 : slots,
          Seconds.of(waitSeconds, Duration.ZERO),
          lines.stream().flatMap(line -> line.ended().stream()).toList(),
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

    static ClaimJson of(WorkerTurn.Given given) {
      return new ClaimJson(
          Long.toString(given.claim().token()),
          given.claim().batchId(),
          given.claim().ordinal(),
          given.ref(),
          given.claim().attempt(),
          given.input(),
          given.options(),
          given.deadline());
    }
  }

  record InterruptJson(String token, UUID batchId, int ordinal, Instant dueAt) {
    static InterruptJson of(WorkerTurn.Stop stop) {
      return new InterruptJson(
          Long.toString(stop.claim().token()),
          stop.claim().batchId(),
          stop.claim().ordinal(),
          stop.dueAt());
    }
  }

  record RefusedJson(String token, int ordinal, String reason) {
    static RefusedJson of(WorkerOrder.Ended late) {
      return new RefusedJson(
          Long.toString(late.token()),
          late.ordinal(),
          "this worker no longer holds this claim; the result was dropped");
    }
  }

  record TurnJson(
      List<ClaimJson> claims, List<InterruptJson> interrupts, List<RefusedJson> refused) {
    static TurnJson of(WorkerTurn turn) {
      return new TurnJson(
          turn.given().stream().map(ClaimJson::of).toList(),
          turn.stops().stream().map(InterruptJson::of).toList(),
          turn.refused().stream().map(RefusedJson::of).toList());
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
  public Answer answer(Request request, Caller caller) {
    request.query().only();
    Body body = request.json(Body.class);
    WorkerOrder order = body.order(processor(body.processor()));
    try {
      return Answer.json(200, TurnJson.of(workers.exchange(caller.account(), order)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a remote worker waited for items", e);
    }
  }

  private String processor(@Nullable String asked) {
    String name = Optional.ofNullable(asked).orElse(PROCESSOR);
    return processors
        .find(name)
        .filter(Processor::remote)
        .map(Processor::name)
        .orElseThrow(() ->
            Problem.invalid(
                    InputError.field(
                        "processor",
                        "must be a processor whose items remote workers run, such as " + PROCESSOR))
                .asException());
  }
}
