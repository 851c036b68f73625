package io.headgate.simulate;

import io.headgate.simulate.Law.Change;
import io.headgate.simulate.Sight.Claim;
import io.headgate.simulate.Sight.Place;
import io.headgate.simulate.Sight.Receipt;
import io.headgate.simulate.Sight.Waiting;
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
          Law.ofBatch("no claim has an epoch at or past the fence", StartLaws::claimedBefore),
          Law.ofChange("nothing starts after a fence", StartLaws::fenceHolds),
          Law.ofChange("nothing of a paused batch starts", StartLaws::pauseHolds),
          new Law("nothing starts before its time", StartLaws::onTime),
          Law.ofChange("a parent starts after its children", StartLaws::childrenFirst),
          Law.ofBatch("a batch keeps to its concurrency", StartLaws::withinConcurrency),
          new Law("an account keeps to its running limit", StartLaws::withinRunningLimit));

  private StartLaws() {}

  private static Stream<String> claimedBefore(Sight batch) {
    Receipt receipt = batch.receipt;
    if (receipt == null) {
      return Stream.empty();
    }
    Stream<Long> running = batch.claims.values().stream().flatMap(List::stream).map(Claim::epoch);
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
  private static List<Integer> started(Change change) {
    Sight before = change.before();
    Set<String> ran = before == null ? Set.of() : before.running();
    List<Integer> started = new ArrayList<>();
    change
        .after()
        .claims
        .forEach((ordinal, claims) -> {
          if (claims.stream().anyMatch(claim -> !ran.contains(claim.token() + "/" + ordinal))) {
            started.add(ordinal);
          }
        });
    return started;
  }

  private static Stream<String> fenceHolds(Change change) {
    return Law.unless(
        !change.was().row.fenced() || started(change).isEmpty(),
        () ->
            "items %s of %s started although it was %s"
                .formatted(started(change), change.after().row.id(), change.was().row.state()));
  }

  private static Stream<String> pauseHolds(Change change) {
    return Law.unless(
        !change.was().row.paused() || started(change).isEmpty(),
        () ->
            "items %s of %s started although it was paused"
                .formatted(started(change), change.after().row.id()));
  }

  private static Stream<String> onTime(Moment before, Moment after) {
    return after.batches().values().stream()
        .flatMap(batch -> {
          Change change = new Change(before.find(batch.row.id()), batch);
          Instant start = batch.row.bounds().startAt();
          return started(change).stream()
              .filter(ordinal ->
                  (start != null && start.isAfter(after.at()))
                      || early(change, ordinal, after.at()))
              .map(ordinal -> "item %d of %s started too early".formatted(ordinal, batch.row.id()));
        });
  }

  private static boolean early(Change change, int ordinal, Instant now) {
    Waiting waited = change.was().deferred.get(ordinal);
    return waited != null && waited.blockedBy() == 0 && waited.dueAt().isAfter(now);
  }

  private static Stream<String> childrenFirst(Change change) {
    Sight batch = change.after();
    List<Integer> started = started(change);
    return batch.parents.entrySet().stream()
        .filter(entry -> started.contains(entry.getValue()))
        .filter(entry -> batch.place(entry.getKey()) != Place.SUCCEEDED)
        .map(entry ->
            "item %d of %s started while its child %d is %s"
                .formatted(
                    entry.getValue(), batch.row.id(), entry.getKey(), batch.place(entry.getKey())));
  }

  private static Stream<String> withinConcurrency(Sight batch) {
    Integer most = batch.row.bounds().concurrency();
    return Law.unless(
        most == null || batch.claims.size() <= most,
        () ->
            "%s runs %d items, its concurrency is %s"
                .formatted(batch.row.id(), batch.claims.size(), most));
  }

  private static Stream<String> withinRunningLimit(Moment before, Moment after) {
    Map<UUID, Integer> running = new HashMap<>();
    for (Sight batch : after.batches().values()) {
      running.merge(batch.row.account(), batch.claims.size(), Integer::sum);
    }
    return after.accounts().entrySet().stream()
        .flatMap(entry -> {
          Integer most = entry.getValue().runningLimit();
          int runs = running.getOrDefault(entry.getKey(), 0);
          return Law.unless(
              most == null || runs <= most,
              () ->
                  "account %s runs %d items, its limit is %s"
                      .formatted(entry.getValue().name(), runs, most));
        });
  }
}
