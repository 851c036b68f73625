package io.headgate.faults;

import io.headgate.faults.History.Event;
import io.headgate.faults.History.What;
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
final class HistoryChecker {

  private final List<Event> history;
  private final Told told;
  private final List<String> violations = new ArrayList<>();

  private HistoryChecker(List<Event> history, Told told) {
    this.history = history;
    this.told = told;
  }

  /** Returns one sentence per violation; empty when all guarantees hold. */
  static List<String> violations(List<Event> history, Told told) {
    HistoryChecker checker = new HistoryChecker(history, told);
    checker.whatSucceededWasFinished();
    checker.whatEndedHadStarted();
    checker.eachItemIsSettledOnce();
    checker.countsAgree();
    checker.creditsAgree();
    checker.whatNeverSettledNeverEnded();
    told.receiptJson().ifPresent(checker::theReceiptHolds);
    return checker.violations;
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotations are not on the class path
  private void require(boolean kept, String sentence, Object... words) {
    if (!kept) {
      violations.add(sentence.formatted(words));
    }
  }

  private boolean has(What what, int ordinal, int number) {
    return history.stream().anyMatch(event -> event.is(what) && event.of(ordinal, number));
  }

  private void whatSucceededWasFinished() {
    told.attempts().stream()
        .filter(Told.Ended::succeeded)
        .forEach(each ->
            require(
                has(What.FINISHED, each.ordinal(), each.number()),
                "item %d succeeded with attempt %d, which no processor finished",
                each.ordinal(),
                each.number()));
  }

  private void whatEndedHadStarted() {
    told.attempts().stream()
        .filter(Told.Ended::endedByItself)
        .forEach(each ->
            require(
                has(What.STARTED, each.ordinal(), each.number()),
                "attempt %d of item %d ended without having started",
                each.number(),
                each.ordinal()));
  }

  private void eachItemIsSettledOnce() {
    Set<Integer> settled = new HashSet<>();
    told.settled()
        .forEach(line ->
            require(settled.add(line.ordinal()), "item %d is settled twice", line.ordinal()));
    Set<Integer> succeeded = new HashSet<>();
    told.attempts().stream()
        .filter(Told.Ended::succeeded)
        .forEach(each ->
            require(succeeded.add(each.ordinal()), "item %d succeeded twice", each.ordinal()));
    told.settled()
        .forEach(line ->
            require(
                line.state().equals(told.state(line.ordinal())),
                "item %d is %s among the results and %s among the items",
                line.ordinal(),
                line.state(),
                told.state(line.ordinal())));
  }

  private void countsAgree() {
    require(
        told.states().size() == told.count("total"),
        "%d items of %d exist",
        told.states().size(),
        told.count("total"));
    for (String state : List.of("pending", "running", "succeeded", "failed", "cancelled")) {
      require(
          told.inState(state) == told.count(state),
          "%d items are %s, but the count is %d",
          told.inState(state),
          state,
          told.count(state));
    }
  }

  private void creditsAgree() {
    long price = told.credits("per_item");
    require(told.credits("reserved") == 0, "credits are reserved although the batch has ended");
    require(
        told.credits("charged") == price * told.inState("succeeded"),
        "%d credits are charged for %d successes",
        told.credits("charged"),
        told.inState("succeeded"));
    require(
        told.credits("charged") + told.credits("refunded") == price * told.count("total"),
        "charges and refunds do not add up");
  }

  /** A start without a row was handed back, so its processor must have ended the attempt. */
  private void whatNeverSettledNeverEnded() {
    history.stream()
        .filter(event -> event.is(What.STARTED) && attempt(event).isEmpty())
        .forEach(event ->
            require(
                history.stream()
                    .anyMatch(other ->
                        !other.is(What.STARTED)
                            && other.of(event.ordinal(), event.attempt())
                            && other.process() == event.process()),
                "attempt %d of item %d started, but the server has no row of it",
                event.attempt(),
                event.ordinal()));
  }

  private Optional<Told.Ended> attempt(Event event) {
    return told.attempt(event.ordinal(), event.attempt());
  }

  private void theReceiptHolds(JsonNode receipt) {
    nothingStartedBehind(
        receipt.path("epoch").asLong(), Instant.parse(receipt.path("cancelled_at").asString()));
    JsonNode counts = receipt.path("counts");
    long settled = moved(counts, "succeeded", 0) + moved(counts, "failed", 0);
    long stopped = counts.path("stopped").asLong();
    long cancelled = moved(counts, "cancelled", stopped);
    require(
        settled + cancelled == counts.path("running").asLong(),
        "%d were running at the fence, but %d settled after it",
        counts.path("running").asLong(),
        settled + cancelled);
    require(
        told.count("cancelled") >= stopped,
        "%d were stopped, but only %d are cancelled",
        stopped,
        told.count("cancelled"));
  }

  private long moved(JsonNode counts, String state, long stopped) {
    long since = told.count(state) - counts.path(state).asLong() - stopped;
    require(since >= 0, "fewer items are %s than the receipt has", state);
    return since;
  }

  private void nothingStartedBehind(long fence, Instant cancelledAt) {
    told.attempts().stream()
        .filter(each -> each.claimEpoch() != null && each.claimEpoch() >= fence)
        .forEach(each ->
            violations.add(
                "attempt %d of item %d was claimed after the fence"
                    .formatted(each.number(), each.ordinal())));
    history.stream()
        .filter(event -> event.is(What.STARTED) && event.atMillis() > cancelledAt.toEpochMilli())
        .filter(event -> attempt(event).isEmpty())
        .forEach(event ->
            violations.add(
                "item %d started after the fence, without a claim from before it"
                    .formatted(event.ordinal())));
  }
}
