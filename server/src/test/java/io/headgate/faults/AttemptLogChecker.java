package io.headgate.faults;

import io.headgate.faults.AttemptLog.AttemptEvent;
import io.headgate.faults.AttemptLog.AttemptEventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Compares what the server reports about a finished batch with what its processors recorded. It
 * checks the documented guarantees only and depends on nothing inside the engine.
 *
 * <p>An attempt that was handed back, or whose settlement was lost, leaves no row, and the next one
 * has the same number. So an item may have more starts than attempts. After a fence it may not: a
 * start after {@code cancelled_at} must belong to a claim that committed before the fence, and such
 * a claim leaves a row with its epoch.
 */
final class AttemptLogChecker {

  private final List<AttemptEvent> history;
  private final ReportedBatch reported;
  private final List<String> violations = new ArrayList<>();

  private AttemptLogChecker(List<AttemptEvent> history, ReportedBatch reported) {
    this.history = history;
    this.reported = reported;
  }

  /** Returns one sentence per violation; empty when all guarantees hold. */
  static List<String> violations(List<AttemptEvent> history, ReportedBatch reported) {
    AttemptLogChecker checker = new AttemptLogChecker(history, reported);
    checker.succeededItemsWereFinished();
    checker.endedAttemptsHadStarted();
    checker.eachItemIsSettledOnce();
    checker.countsAgree();
    checker.creditsAgree();
    checker.startsWithoutARowHaveEnded();
    reported.receiptJson().ifPresent(checker::receiptAgrees);
    return checker.violations;
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotations are not on the class path
  private void require(boolean holds, String sentence, Object... arguments) {
    if (!holds) {
      violations.add(sentence.formatted(arguments));
    }
  }

  private boolean has(AttemptEventType what, int ordinal, int number) {
    return history.stream()
        .anyMatch(event -> event.isType(what) && event.isAttempt(ordinal, number));
  }

  private void succeededItemsWereFinished() {
    reported.attempts().stream()
        .filter(ReportedBatch.ReportedAttempt::succeeded)
        .forEach(each ->
            require(
                has(AttemptEventType.FINISHED, each.ordinal(), each.number()),
                "item %d succeeded with attempt %d, which no processor finished",
                each.ordinal(),
                each.number()));
  }

  private void endedAttemptsHadStarted() {
    reported.attempts().stream()
        .filter(ReportedBatch.ReportedAttempt::endedByItself)
        .forEach(each ->
            require(
                has(AttemptEventType.STARTED, each.ordinal(), each.number()),
                "attempt %d of item %d ended without having started",
                each.number(),
                each.ordinal()));
  }

  private void eachItemIsSettledOnce() {
    Set<Integer> settled = new HashSet<>();
    reported
        .results()
        .forEach(line ->
            require(settled.add(line.ordinal()), "item %d is settled twice", line.ordinal()));
    Set<Integer> succeeded = new HashSet<>();
    reported.attempts().stream()
        .filter(ReportedBatch.ReportedAttempt::succeeded)
        .forEach(each ->
            require(succeeded.add(each.ordinal()), "item %d succeeded twice", each.ordinal()));
    reported
        .results()
        .forEach(line ->
            require(
                line.state().equals(reported.state(line.ordinal())),
                "item %d is %s among the results and %s among the items",
                line.ordinal(),
                line.state(),
                reported.state(line.ordinal())));
  }

  private void countsAgree() {
    require(
        reported.states().size() == reported.count("total"),
        "%d items of %d exist",
        reported.states().size(),
        reported.count("total"));
    for (String state : List.of("pending", "running", "succeeded", "failed", "cancelled")) {
      require(
          reported.inState(state) == reported.count(state),
          "%d items are %s, but the count is %d",
          reported.inState(state),
          state,
          reported.count(state));
    }
  }

  private void creditsAgree() {
    long price = reported.credits("per_item");
    require(reported.credits("reserved") == 0, "credits are reserved although the batch has ended");
    require(
        reported.credits("charged") == price * reported.inState("succeeded"),
        "%d credits are charged for %d successes",
        reported.credits("charged"),
        reported.inState("succeeded"));
    require(
        reported.credits("charged") + reported.credits("refunded")
            == price * reported.count("total"),
        "charges and refunds do not add up");
  }

  /** A start without a row was handed back, so its processor must have ended the attempt. */
  private void startsWithoutARowHaveEnded() {
    history.stream()
        .filter(event -> event.isType(AttemptEventType.STARTED) && attempt(event).isEmpty())
        .forEach(event ->
            require(
                history.stream()
                    .anyMatch(other ->
                        !other.isType(AttemptEventType.STARTED)
                            && other.isAttempt(event.ordinal(), event.attempt())
                            && other.process() == event.process()),
                "attempt %d of item %d started, but the server has no row of it",
                event.attempt(),
                event.ordinal()));
  }

  private Optional<ReportedBatch.ReportedAttempt> attempt(AttemptEvent event) {
    return reported.attempt(event.ordinal(), event.attempt());
  }

  private void receiptAgrees(JsonNode receipt) {
    nothingStartedAfter(
        receipt.path("epoch").asLong(), Instant.parse(receipt.path("cancelled_at").asString()));
    JsonNode counts = receipt.path("counts");
    long settled = settledSince(counts, "succeeded", 0) + settledSince(counts, "failed", 0);
    long stopped = counts.path("stopped").asLong();
    long cancelled = settledSince(counts, "cancelled", stopped);
    require(
        settled + cancelled == counts.path("running").asLong(),
        "%d were running at the fence, but %d settled after it",
        counts.path("running").asLong(),
        settled + cancelled);
    require(
        reported.count("cancelled") >= stopped,
        "%d were stopped, but only %d are cancelled",
        stopped,
        reported.count("cancelled"));
  }

  private long settledSince(JsonNode counts, String state, long stopped) {
    long difference = reported.count(state) - counts.path(state).asLong() - stopped;
    require(difference >= 0, "fewer items are %s than the receipt has", state);
    return difference;
  }

  private void nothingStartedAfter(long fence, Instant cancelledAt) {
    reported.attempts().stream()
        .filter(each -> each.claimEpoch() != null && each.claimEpoch() >= fence)
        .forEach(each ->
            violations.add(
                "attempt %d of item %d was claimed after the fence"
                    .formatted(each.number(), each.ordinal())));
    history.stream()
        .filter(event ->
            event.isType(AttemptEventType.STARTED) && event.atMillis() > cancelledAt.toEpochMilli())
        .filter(event -> attempt(event).isEmpty())
        .forEach(event ->
            violations.add(
                "item %d started after the fence, without a claim from before it"
                    .formatted(event.ordinal())));
  }
}
