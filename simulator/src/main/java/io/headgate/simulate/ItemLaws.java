package io.headgate.simulate;

import io.headgate.simulate.BatchSnapshot.AttemptCounts;
import io.headgate.simulate.BatchSnapshot.BatchCounters;
import io.headgate.simulate.BatchSnapshot.DeferredItem;
import io.headgate.simulate.BatchSnapshot.DerivedState;
import io.headgate.simulate.BatchSnapshot.StoredClaim;
import io.headgate.simulate.BatchSnapshot.StoredResult;
import io.headgate.simulate.Law.BatchChange;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Laws about the state of items and the number of their attempts. */
final class ItemLaws {

  static final List<Law> ALL =
      List.of(
          Law.ofBatch("one live claim per item", ItemLaws::oneClaim),
          Law.ofBatch("every item is in exactly one state", ItemLaws::oneState),
          Law.ofBatch("the counters agree with the rows", ItemLaws::countersAgree),
          new Law("final states never change", ItemLaws::finalStatesUnchanged),
          Law.ofChange("results are only ever added", ItemLaws::resultsOnlyAdded),
          Law.ofBatch("every attempt is counted once", ItemLaws::attemptsCounted),
          Law.ofBatch(
              "an item that was ordered to stop gets no further attempt",
              ItemLaws::stoppedItemsNotPending),
          Law.ofBatch(
              "a batch is finished when no item is pending or running",
              ItemLaws::finishedWhenDone));

  private ItemLaws() {}

  private static Stream<String> oneClaim(BatchSnapshot batch) {
    return batch.claims.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry ->
            "item %d of %s is claimed %d times"
                .formatted(entry.getKey(), batch.row.id(), entry.getValue().size()));
  }

  private static Stream<String> oneState(BatchSnapshot batch) {
    return ordinals(batch)
        .mapToObj(ordinal -> stateViolations(batch, ordinal))
        .flatMap(found -> found);
  }

  private static Stream<String> stateViolations(BatchSnapshot batch, int ordinal) {
    String item = "item %d of %s".formatted(ordinal, batch.row.id());
    boolean running = batch.claims.containsKey(ordinal);
    boolean deferred = batch.deferred.containsKey(ordinal);
    StoredResult last = batch.last(ordinal);
    boolean behindCursor = !batch.isPastCursor(ordinal);
    if (running && deferred) {
      return Stream.of(item + " is running and deferred");
    }
    if (batch.state(ordinal) == DerivedState.LOST) {
      return Stream.of(item + " is lost");
    }
    if (!batch.row.isFenced() && !behindCursor && (running || deferred || last != null)) {
      return Stream.of(item + " is pending past the cursor and in another state too");
    }
    boolean retriedFailure = batch.row.retried() && last != null && last.outcome().equals("failed");
    return Law.unless(
        last == null || retriedFailure || !(running || deferred),
        () -> "%s is settled as %s and %s".formatted(item, last, running ? "running" : "deferred"));
  }

  private static IntStream ordinals(BatchSnapshot batch) {
    return IntStream.range(0, batch.row.counters().total());
  }

  private static Stream<String> countersAgree(BatchSnapshot batch) {
    BatchCounters stored = batch.row.counters();
    boolean fenced = batch.row.isFenced();
    BatchCounters rows =
        new BatchCounters(
            batch.states().size(),
            stored.cursor(),
            fenced ? 0 : batch.ahead.size(),
            fenced ? 0 : batch.deferred.size(),
            batch.count(DerivedState.RUNNING),
            batch.count(DerivedState.SUCCEEDED),
            batch.count(DerivedState.FAILED),
            batch.count(DerivedState.CANCELLED, DerivedState.STOPPED));
    int pending = stored.total() - stored.cursor() - stored.ahead() + stored.deferred();
    return Law.unless(
        stored.equals(rows) && pending == batch.count(DerivedState.PENDING),
        () ->
            "%s has %s, its rows give %s with %d pending"
                .formatted(batch.row.id(), stored, rows, batch.count(DerivedState.PENDING)));
  }

  /** Failed items may become pending in a step that retries their batch. */
  private static Stream<String> finalStatesUnchanged(StateSnapshot before, StateSnapshot after) {
    return before.batches().values().stream()
        .flatMap(earlier -> {
          BatchSnapshot later = after.find(earlier.row.id());
          boolean retried = after.retried().contains(earlier.row.id());
          return later == null
              ? Stream.empty()
              : ordinals(earlier)
                  .filter(o -> !mayFollow(earlier.state(o), later.state(o), retried))
                  .mapToObj(o ->
                      "item %d of %s was %s and is %s"
                          .formatted(o, earlier.row.id(), earlier.state(o), later.state(o)));
        });
  }

  private static boolean mayFollow(DerivedState earlier, DerivedState later, boolean retried) {
    if (earlier == DerivedState.FAILED) {
      return later == DerivedState.FAILED || (retried && later == DerivedState.PENDING);
    }
    return !earlier.isFinal() || earlier == later;
  }

  private static Stream<String> resultsOnlyAdded(BatchChange change) {
    return change.earlier().results.entrySet().stream()
        .filter(entry -> {
          List<StoredResult> later = change.after().results.getOrDefault(entry.getKey(), List.of());
          List<StoredResult> earlier = entry.getValue();
          return later.size() < earlier.size() || !later.subList(0, earlier.size()).equals(earlier);
        })
        .map(entry ->
            "the results of item %d of %s were %s and are %s"
                .formatted(
                    entry.getKey(),
                    change.after().row.id(),
                    entry.getValue(),
                    change.after().results.get(entry.getKey())));
  }

  private static Stream<String> attemptsCounted(BatchSnapshot batch) {
    return ordinals(batch)
        .mapToObj(ordinal -> attemptViolations(batch, ordinal))
        .flatMap(found -> found);
  }

  private static Stream<String> attemptViolations(BatchSnapshot batch, int ordinal) {
    List<StoredResult> results = batch.results.getOrDefault(ordinal, List.of());
    List<Integer> numbers = results.stream().map(StoredResult::attempt).toList();
    if (!numbers.equals(IntStream.rangeClosed(1, results.size()).boxed().toList())) {
      return Stream.of("item %d of %s has attempts %s".formatted(ordinal, batch.row.id(), numbers));
    }
    AttemptCounts stored = attemptCounts(batch, ordinal);
    AttemptCounts rows =
        new AttemptCounts(
            results.size() + 1, countSinceRetry(results, false), countSinceRetry(results, true));
    return Law.unless(
        stored == null || stored.equals(rows),
        () ->
            "item %d of %s has %s, its results give %s"
                .formatted(ordinal, batch.row.id(), stored, rows));
  }

  private static @Nullable AttemptCounts attemptCounts(BatchSnapshot batch, int ordinal) {
    List<StoredClaim> running = batch.claims.getOrDefault(ordinal, List.of());
    DeferredItem waiting = batch.deferred.get(ordinal);
    if (!running.isEmpty()) {
      return running.getFirst().attempts();
    }
    return waiting == null ? null : waiting.attempts();
  }

  /** Attempts that failed, or were lost with their node, since the submit or the last retry. */
  private static int countSinceRetry(List<StoredResult> results, boolean lost) {
    int count = 0;
    for (StoredResult result : results) {
      boolean counts = "node-lost".equals(result.code()) == lost;
      count = result.isFinal() ? 0 : count + (counts ? 1 : 0);
    }
    return count;
  }

  private static Stream<String> stoppedItemsNotPending(BatchSnapshot batch) {
    return batch.interrupted.stream()
        .filter(ordinal -> batch.state(ordinal) == DerivedState.PENDING)
        .map(ordinal ->
            "item %d of %s is pending although it was ordered to stop"
                .formatted(ordinal, batch.row.id()));
  }

  private static Stream<String> finishedWhenDone(BatchSnapshot batch) {
    boolean unfinished = batch.count(DerivedState.PENDING, DerivedState.RUNNING) > 0;
    return Law.unless(
        unfinished != batch.row.isFinished(),
        () ->
            "%s is %s with %d pending and %d running"
                .formatted(
                    batch.row.id(),
                    batch.row.state(),
                    batch.count(DerivedState.PENDING),
                    batch.count(DerivedState.RUNNING)));
  }
}
