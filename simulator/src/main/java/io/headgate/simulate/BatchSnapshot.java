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
final class BatchSnapshot {

  /** The state of an item; {@code STOPPED} is cancelled by a fence, without a row of its own. */
  enum DerivedState {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    STOPPED,
    LOST;

    boolean isFinal() {
      return this == SUCCEEDED || this == CANCELLED || this == STOPPED;
    }
  }

  /** The row of {@code batch}. */
  record StoredBatch(
      UUID id,
      UUID account,
      String state,
      boolean paused,
      boolean retried,
      long epoch,
      @Nullable Long fenceEpoch,
      BatchCounters counters,
      BatchBounds limits,
      BatchCredits credits) {

    boolean isFenced() {
      return fenceEpoch != null;
    }

    boolean isFinished() {
      return switch (state) {
        case "completed", "partial", "failed", "cancelled" -> true;
        default -> false;
      };
    }
  }

  record BatchCounters(
      int total,
      int cursor,
      int ahead,
      int deferred,
      int running,
      int succeeded,
      int failed,
      int cancelled) {}

  record BatchBounds(
      @Nullable Integer concurrency,
      int maxAttempts,
      @Nullable Instant startAt,
      Instant retainUntil) {}

  /** Credits: the price per item, and the sums of the batch. */
  record BatchCredits(long perItem, long reserved, long charged, long refunded) {}

  /** The number of the next or running attempt, and how many attempts failed or were lost. */
  record AttemptCounts(int attempt, int failures, int losses) {}

  record DeferredItem(AttemptCounts attempts, Instant dueAt, int blockedBy) {}

  record StoredClaim(long token, long node, long epoch, AttemptCounts attempts) {}

  record StoredResult(
      int attempt,
      String outcome,
      boolean isFinal,
      @Nullable Long claimEpoch,
      long epoch,
      @Nullable String code) {}

  record BatchReceipt(
      long epoch,
      int cursor,
      int stopped,
      int running,
      int succeeded,
      int failed,
      int cancelled,
      long refunded,
      String body) {}

  final StoredBatch row;
  final Map<Integer, DeferredItem> deferred = new TreeMap<>();
  final Map<Integer, List<StoredClaim>> claims = new TreeMap<>();
  final Map<Integer, List<StoredResult>> results = new TreeMap<>();
  final Map<Integer, Integer> parents = new TreeMap<>();
  final Set<Integer> ahead = new HashSet<>();

  /** Items with an order to stop. */
  final Set<Integer> interrupted = new HashSet<>();

  final Map<String, Long> journal = new HashMap<>();
  @Nullable BatchReceipt receipt;

  private @Nullable List<DerivedState> states;

  BatchSnapshot(StoredBatch row) {
    this.row = row;
  }

  /** The state of each item, by ordinal. */
  List<DerivedState> states() {
    List<DerivedState> computed = states;
    if (computed == null) {
      computed = new ArrayList<>();
      for (int ordinal = 0; ordinal < row.counters().total(); ordinal++) {
        computed.add(computeState(ordinal));
      }
      states = computed;
    }
    return computed;
  }

  DerivedState state(int ordinal) {
    return states().get(ordinal);
  }

  int count(DerivedState... states) {
    Set<DerivedState> selected = Set.of(states);
    return (int) states().stream().filter(selected::contains).count();
  }

  private DerivedState computeState(int ordinal) {
    if (claims.containsKey(ordinal)) {
      return DerivedState.RUNNING;
    }
    if (deferred.containsKey(ordinal)) {
      return row.isFenced() ? DerivedState.STOPPED : DerivedState.PENDING;
    }
    StoredResult last = last(ordinal);
    if (last != null) {
      return DerivedState.valueOf(last.outcome().toUpperCase(java.util.Locale.ROOT));
    }
    if (!isPastCursor(ordinal)) {
      return DerivedState.LOST;
    }
    return row.isFenced() ? DerivedState.STOPPED : DerivedState.PENDING;
  }

  /** Fenced batches are compared with the cursor in their receipt. */
  boolean isPastCursor(int ordinal) {
    BatchReceipt stored = receipt;
    int cursor = stored != null && row.isFenced() ? stored.cursor() : row.counters().cursor();
    return ordinal >= cursor && !ahead.contains(ordinal);
  }

  @Nullable StoredResult last(int ordinal) {
    List<StoredResult> all = results.getOrDefault(ordinal, List.of());
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).isFinal()) {
        return all.get(i);
      }
    }
    return null;
  }

  /** The running items, as token and ordinal of their claims. */
  Set<String> running() {
    Set<String> running = new HashSet<>();
    claims.forEach((ordinal, itemClaims) ->
        itemClaims.forEach(claim -> running.add(claim.token() + "/" + ordinal)));
    return running;
  }
}
