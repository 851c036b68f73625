package io.headgate.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A batch with all its rows, and the state of each item that follows from them. */
final class Sight {

  /** The state of an item; {@code STOPPED} is cancelled by a fence, without a row of its own. */
  enum Place {
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    STOPPED,
    NOWHERE;

    boolean lasting() {
      return this == SUCCEEDED || this == CANCELLED || this == STOPPED;
    }
  }

  /** The row of {@code batch}. */
  record Row(
      UUID id,
      UUID account,
      String state,
      boolean paused,
      boolean retried,
      long epoch,
      @Nullable Long fenceEpoch,
      Counters counters,
      Bounds bounds,
      Books books) {

    boolean fenced() {
      return fenceEpoch != null;
    }

    boolean finished() {
      return switch (state) {
        case "completed", "partial", "failed", "cancelled" -> true;
        default -> false;
      };
    }
  }

  record Counters(
      int total,
      int cursor,
      int ahead,
      int deferred,
      int running,
      int succeeded,
      int failed,
      int cancelled) {}

  record Bounds(
      @Nullable Integer concurrency,
      int maxAttempts,
      @Nullable Instant startAt,
      Instant retainUntil) {}

  /** Credits: the price per item, and the sums of the batch. */
  record Books(long perItem, long reserved, long charged, long refunded) {}

  /** The number of the next or running attempt, and how many attempts failed or were lost. */
  record Tries(int attempt, int failures, int losses) {}

  record Waiting(Tries tries, Instant dueAt, int blockedBy) {}

  record Claim(long token, long node, long epoch, Tries tries) {}

  record Result(
      int attempt,
      String outcome,
      boolean last,
      @Nullable Long claimEpoch,
      long epoch,
      @Nullable String code) {}

  record Receipt(
      long epoch,
      int cursor,
      int stopped,
      int running,
      int succeeded,
      int failed,
      int cancelled,
      long refunded,
      String body) {}

  final Row row;
  final Map<Integer, Waiting> deferred = new TreeMap<>();
  final Map<Integer, List<Claim>> claims = new TreeMap<>();
  final Map<Integer, List<Result>> results = new TreeMap<>();
  final Map<Integer, Integer> parents = new TreeMap<>();
  final Set<Integer> ahead = new HashSet<>();

  /** Items with an order to stop. */
  final Set<Integer> told = new HashSet<>();

  final Map<String, Long> journal = new HashMap<>();
  @Nullable Receipt receipt;

  private @Nullable List<Place> places;

  Sight(Row row) {
    this.row = row;
  }

  /** The state of each item, by ordinal. */
  List<Place> places() {
    List<Place> found = places;
    if (found == null) {
      found = new ArrayList<>();
      for (int ordinal = 0; ordinal < row.counters().total(); ordinal++) {
        found.add(find(ordinal));
      }
      places = found;
    }
    return found;
  }

  Place place(int ordinal) {
    return places().get(ordinal);
  }

  int count(Place... some) {
    Set<Place> wanted = Set.of(some);
    return (int) places().stream().filter(wanted::contains).count();
  }

  private Place find(int ordinal) {
    if (claims.containsKey(ordinal)) {
      return Place.RUNNING;
    }
    if (deferred.containsKey(ordinal)) {
      return row.fenced() ? Place.STOPPED : Place.WAITING;
    }
    Result last = last(ordinal);
    if (last != null) {
      return Place.valueOf(last.outcome().toUpperCase(java.util.Locale.ROOT));
    }
    if (!pastCursor(ordinal)) {
      return Place.NOWHERE;
    }
    return row.fenced() ? Place.STOPPED : Place.WAITING;
  }

  /** Fenced batches are compared with the cursor in their receipt. */
  boolean pastCursor(int ordinal) {
    Receipt made = receipt;
    int cursor = made != null && row.fenced() ? made.cursor() : row.counters().cursor();
    return ordinal >= cursor && !ahead.contains(ordinal);
  }

  @Nullable Result last(int ordinal) {
    List<Result> all = results.getOrDefault(ordinal, List.of());
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).last()) {
        return all.get(i);
      }
    }
    return null;
  }

  /** The running items, as token and ordinal of their claims. */
  Set<String> running() {
    Set<String> running = new HashSet<>();
    claims.forEach(
        (ordinal, held) -> held.forEach(claim -> running.add(claim.token() + "/" + ordinal)));
    return running;
  }
}
