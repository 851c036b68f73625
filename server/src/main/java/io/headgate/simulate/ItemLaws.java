package io.headgate.simulate;

import io.headgate.simulate.Law.Change;
import io.headgate.simulate.Sight.Claim;
import io.headgate.simulate.Sight.Counters;
import io.headgate.simulate.Sight.Place;
import io.headgate.simulate.Sight.Result;
import io.headgate.simulate.Sight.Tries;
import io.headgate.simulate.Sight.Waiting;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Laws about the state of items and the number of their attempts. */
final class ItemLaws {

  static final List<Law> ALL =
      List.of(
          Law.ofBatch("one live claim per item", ItemLaws::oneClaim),
          Law.ofBatch("every item is in exactly one state", ItemLaws::onePlace),
          Law.ofBatch("the counters agree with the rows", ItemLaws::conserved),
          new Law("final states never change", ItemLaws::lasting),
          Law.ofChange("results are only ever added", ItemLaws::appended),
          Law.ofBatch("every attempt is counted once", ItemLaws::countedOnce),
          Law.ofBatch(
              "an item that was ordered to stop gets no further attempt", ItemLaws::stopping),
          Law.ofBatch("a batch is finished when no item is pending or running", ItemLaws::ended));

  private ItemLaws() {}

  private static Stream<String> oneClaim(Sight batch) {
    return batch.claims.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry ->
            "item %d of %s is claimed %d times"
                .formatted(entry.getKey(), batch.row.id(), entry.getValue().size()));
  }

  private static Stream<String> onePlace(Sight batch) {
    return ordinals(batch).mapToObj(ordinal -> where(batch, ordinal)).flatMap(found -> found);
  }

  private static Stream<String> where(Sight batch, int ordinal) {
    String item = "item %d of %s".formatted(ordinal, batch.row.id());
    boolean runs = batch.claims.containsKey(ordinal);
    boolean waits = batch.deferred.containsKey(ordinal);
    Result last = batch.last(ordinal);
    boolean left = !batch.pastCursor(ordinal);
    if (runs && waits) {
      return Stream.of(item + " is running and deferred");
    }
    if (batch.place(ordinal) == Place.NOWHERE) {
      return Stream.of(item + " is lost");
    }
    if (!batch.row.fenced() && !left && (runs || waits || last != null)) {
      return Stream.of(item + " is pending past the cursor and in another state too");
    }
    boolean again = batch.row.retried() && last != null && last.outcome().equals("failed");
    return Law.unless(
        last == null || again || !(runs || waits),
        () -> "%s is settled as %s and %s".formatted(item, last, runs ? "running" : "deferred"));
  }

  private static IntStream ordinals(Sight batch) {
    return IntStream.range(0, batch.row.counters().total());
  }

  private static Stream<String> conserved(Sight batch) {
    Counters says = batch.row.counters();
    boolean fenced = batch.row.fenced();
    Counters rows =
        new Counters(
            batch.places().size(),
            says.cursor(),
            fenced ? 0 : batch.ahead.size(),
            fenced ? 0 : batch.deferred.size(),
            batch.count(Place.RUNNING),
            batch.count(Place.SUCCEEDED),
            batch.count(Place.FAILED),
            batch.count(Place.CANCELLED, Place.STOPPED));
    int pending = says.total() - says.cursor() - says.ahead() + says.deferred();
    return Law.unless(
        says.equals(rows) && pending == batch.count(Place.WAITING),
        () ->
            "%s has %s, its rows give %s with %d pending"
                .formatted(batch.row.id(), says, rows, batch.count(Place.WAITING)));
  }

  /** Failed items may become pending in a step that retries their batch. */
  private static Stream<String> lasting(Moment before, Moment after) {
    return before.batches().values().stream()
        .flatMap(was -> {
          Sight is = after.find(was.row.id());
          boolean retried = after.retried().contains(was.row.id());
          return is == null
              ? Stream.empty()
              : ordinals(was)
                  .filter(o -> !lasts(was.place(o), is.place(o), retried))
                  .mapToObj(o ->
                      "item %d of %s was %s and is %s"
                          .formatted(o, was.row.id(), was.place(o), is.place(o)));
        });
  }

  private static boolean lasts(Place was, Place is, boolean retried) {
    if (was == Place.FAILED) {
      return is == Place.FAILED || (retried && is == Place.WAITING);
    }
    return !was.lasting() || was == is;
  }

  private static Stream<String> appended(Change change) {
    return change.was().results.entrySet().stream()
        .filter(entry -> {
          List<Result> now = change.after().results.getOrDefault(entry.getKey(), List.of());
          List<Result> then = entry.getValue();
          return now.size() < then.size() || !now.subList(0, then.size()).equals(then);
        })
        .map(entry ->
            "the results of item %d of %s were %s and are %s"
                .formatted(
                    entry.getKey(),
                    change.after().row.id(),
                    entry.getValue(),
                    change.after().results.get(entry.getKey())));
  }

  private static Stream<String> countedOnce(Sight batch) {
    return ordinals(batch).mapToObj(ordinal -> counted(batch, ordinal)).flatMap(found -> found);
  }

  private static Stream<String> counted(Sight batch, int ordinal) {
    List<Result> results = batch.results.getOrDefault(ordinal, List.of());
    List<Integer> numbers = results.stream().map(Result::attempt).toList();
    if (!numbers.equals(IntStream.rangeClosed(1, results.size()).boxed().toList())) {
      return Stream.of("item %d of %s has attempts %s".formatted(ordinal, batch.row.id(), numbers));
    }
    Tries says = tries(batch, ordinal);
    Tries rows = new Tries(results.size() + 1, since(results, false), since(results, true));
    return Law.unless(
        says == null || says.equals(rows),
        () ->
            "item %d of %s has %s, its results give %s"
                .formatted(ordinal, batch.row.id(), says, rows));
  }

  private static @Nullable Tries tries(Sight batch, int ordinal) {
    List<Claim> running = batch.claims.getOrDefault(ordinal, List.of());
    Waiting waiting = batch.deferred.get(ordinal);
    if (!running.isEmpty()) {
      return running.getFirst().tries();
    }
    return waiting == null ? null : waiting.tries();
  }

  /** Attempts that failed, or were lost with their node, since the submit or the last retry. */
  private static int since(List<Result> results, boolean lost) {
    int count = 0;
    for (Result result : results) {
      boolean counts = "node-lost".equals(result.code()) == lost;
      count = result.last() ? 0 : count + (counts ? 1 : 0);
    }
    return count;
  }

  private static Stream<String> stopping(Sight batch) {
    return batch.told.stream()
        .filter(ordinal -> batch.place(ordinal) == Place.WAITING)
        .map(ordinal ->
            "item %d of %s is pending although it was ordered to stop"
                .formatted(ordinal, batch.row.id()));
  }

  private static Stream<String> ended(Sight batch) {
    boolean left = batch.count(Place.WAITING, Place.RUNNING) > 0;
    return Law.unless(
        left != batch.row.finished(),
        () ->
            "%s is %s with %d pending and %d running"
                .formatted(
                    batch.row.id(),
                    batch.row.state(),
                    batch.count(Place.WAITING),
                    batch.count(Place.RUNNING)));
  }
}
