package io.headgate.simulate;

import io.headgate.simulate.BatchSnapshot.BatchReceipt;
import io.headgate.simulate.BatchSnapshot.DeferredItem;
import io.headgate.simulate.BatchSnapshot.DerivedState;
import io.headgate.simulate.BatchSnapshot.StoredClaim;
import io.headgate.simulate.Law.BatchChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Laws about which items may start, when, and how many at a time. */
final class StartLaws {

  static final List<Law> ALL =
      List.of(
          Law.ofBatch("no claim has an epoch at or past the fence", StartLaws::claimsPrecedeFence),
          Law.ofChange("nothing starts after a fence", StartLaws::noStartAfterFence),
          Law.ofChange("nothing of a paused batch starts", StartLaws::noStartWhilePaused),
          new Law("nothing starts before its time", StartLaws::onTime),
          Law.ofChange("a parent starts after its children", StartLaws::childrenFirst),
          Law.ofBatch("a batch keeps to its concurrency", StartLaws::withinConcurrency),
          new Law("an account keeps to its running limit", StartLaws::withinRunningLimit));

  private StartLaws() {}

  private static Stream<String> claimsPrecedeFence(BatchSnapshot batch) {
    BatchReceipt receipt = batch.receipt;
    if (receipt == null) {
      return Stream.empty();
    }
    Stream<Long> running =
        batch.claims.values().stream().flatMap(List::stream).map(StoredClaim::epoch);
    Stream<Long> settled =
        batch.results.values().stream()
            .flatMap(List::stream)
            .map(result -> Objects.requireNonNullElse(result.claimEpoch(), result.epoch()));
    return Stream.concat(running, settled)
        .filter(epoch -> epoch >= receipt.epoch())
        .map(epoch ->
            "%s has a claim of epoch %d, its fence is %d"
                .formatted(batch.row.id(), epoch, receipt.epoch()));
  }

  /** The ordinals that the step started, or started again under another claim. */
  private static List<Integer> started(BatchChange change) {
    BatchSnapshot before = change.before();
    Set<String> ranBefore = before == null ? Set.of() : before.running();
    List<Integer> started = new ArrayList<>();
    change
        .after()
        .claims
        .forEach((ordinal, claims) -> {
          if (claims.stream()
              .anyMatch(claim -> !ranBefore.contains(claim.token() + "/" + ordinal))) {
            started.add(ordinal);
          }
        });
    return started;
  }

  private static Stream<String> noStartAfterFence(BatchChange change) {
    return Law.unless(
        !change.earlier().row.isFenced() || started(change).isEmpty(),
        () ->
            "items %s of %s started although it was %s"
                .formatted(started(change), change.after().row.id(), change.earlier().row.state()));
  }

  private static Stream<String> noStartWhilePaused(BatchChange change) {
    return Law.unless(
        !change.earlier().row.paused() || started(change).isEmpty(),
        () ->
            "items %s of %s started although it was paused"
                .formatted(started(change), change.after().row.id()));
  }

  private static Stream<String> onTime(StateSnapshot before, StateSnapshot after) {
    return after.batches().values().stream()
        .flatMap(batch -> {
          BatchChange change = new BatchChange(before.find(batch.row.id()), batch);
          Instant start = batch.row.limits().startAt();
          return started(change).stream()
              .filter(ordinal ->
                  (start != null && start.isAfter(after.at()))
                      || isEarly(change, ordinal, after.at()))
              .map(ordinal -> "item %d of %s started too early".formatted(ordinal, batch.row.id()));
        });
  }

  private static boolean isEarly(BatchChange change, int ordinal, Instant now) {
    DeferredItem deferred = change.earlier().deferred.get(ordinal);
    return deferred != null && deferred.blockedBy() == 0 && deferred.dueAt().isAfter(now);
  }

  private static Stream<String> childrenFirst(BatchChange change) {
    BatchSnapshot batch = change.after();
    List<Integer> started = started(change);
    return batch.parents.entrySet().stream()
        .filter(entry -> started.contains(entry.getValue()))
        .filter(entry -> batch.state(entry.getKey()) != DerivedState.SUCCEEDED)
        .map(entry ->
            "item %d of %s started while its child %d is %s"
                .formatted(
                    entry.getValue(), batch.row.id(), entry.getKey(), batch.state(entry.getKey())));
  }

  private static Stream<String> withinConcurrency(BatchSnapshot batch) {
    Integer limit = batch.row.limits().concurrency();
    return Law.unless(
        limit == null || batch.claims.size() <= limit,
        () ->
            "%s runs %d items, its concurrency is %s"
                .formatted(batch.row.id(), batch.claims.size(), limit));
  }

  private static Stream<String> withinRunningLimit(StateSnapshot before, StateSnapshot after) {
    Map<UUID, Integer> running = new HashMap<>();
    for (BatchSnapshot batch : after.batches().values()) {
      running.merge(batch.row.account(), batch.claims.size(), Integer::sum);
    }
    return after.accounts().entrySet().stream()
        .flatMap(entry -> {
          Integer limit = entry.getValue().runningLimit();
          int runs = running.getOrDefault(entry.getKey(), 0);
          return Law.unless(
              limit == null || runs <= limit,
              () ->
                  "account %s runs %d items, its limit is %s"
                      .formatted(entry.getValue().name(), runs, limit));
        });
  }
}
