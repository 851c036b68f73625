package io.headgate.view;

import io.headgate.batch.Ids;
import io.headgate.batch.ItemState;
import io.headgate.db.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds one batch of a test from its item rows. The batch row, the receipt and the journal are
 * computed from them.
 */
public final class BatchRowsBuilder {

  record TestResultRow(
      int ordinal,
      int attempt,
      ItemState outcome,
      boolean finalRow,
      @Nullable Long claimEpoch,
      long epoch,
      @Nullable String error) {}

  record TestDeferredRow(int ordinal, int attempt) {}

  record TestClaimRow(long epoch, int attempt, List<Integer> ordinals) {}

  final UUID id = Ids.next();
  final TestRows rows;
  final UUID account;
  final int total;
  final List<TestResultRow> results = new ArrayList<>();
  final List<TestDeferredRow> deferred = new ArrayList<>();
  final List<TestClaimRow> claims = new ArrayList<>();
  final Set<Integer> ahead = new HashSet<>();
  String processor = "scrape";
  String metadata = "{}";
  long price = 1;
  int cursor;
  boolean paused;
  boolean retried;
  @Nullable Long fence;

  BatchRowsBuilder(TestRows rows, UUID account, int total) {
    this.rows = rows;
    this.account = account;
    this.total = total;
  }

  public BatchRowsBuilder price(long credits) {
    price = credits;
    return this;
  }

  public BatchRowsBuilder processor(String name) {
    processor = name;
    return this;
  }

  public BatchRowsBuilder metadata(String json) {
    metadata = json;
    return this;
  }

  public BatchRowsBuilder cursor(int ordinal) {
    cursor = ordinal;
    return this;
  }

  public BatchRowsBuilder retried() {
    retried = true;
    return this;
  }

  public BatchRowsBuilder paused() {
    paused = true;
    return this;
  }

  /**
   * Adds an item that was claimed at {@code claim} and whose first attempt succeeded at {@code
   * epoch}.
   */
  public BatchRowsBuilder succeeded(int ordinal, long claim, long epoch) {
    return succeededAttempt(ordinal, 1, claim, epoch);
  }

  public BatchRowsBuilder failed(int ordinal, long claim, long epoch) {
    results.add(new TestResultRow(ordinal, 1, ItemState.FAILED, true, claim, epoch, "not-found"));
    return this;
  }

  public BatchRowsBuilder cancelled(int ordinal, long claim, long epoch, String code) {
    results.add(new TestResultRow(ordinal, 1, ItemState.CANCELLED, true, claim, epoch, code));
    return this;
  }

  /** Adds an attempt that succeeded. */
  public BatchRowsBuilder succeededAttempt(int ordinal, int number, long claim, long epoch) {
    results.add(new TestResultRow(ordinal, number, ItemState.SUCCEEDED, true, claim, epoch, null));
    return this;
  }

  /** Adds a failed attempt after which the item is retried. */
  public BatchRowsBuilder failedAttempt(int ordinal, int number, long claim, long epoch) {
    results.add(
        new TestResultRow(ordinal, number, ItemState.FAILED, false, claim, epoch, "connect-failed"));
    return this;
  }

  /** Adds an item that was cancelled singly while it was pending. */
  public BatchRowsBuilder cancelledBeforeItRan(int ordinal, long epoch) {
    results.add(new TestResultRow(ordinal, 1, ItemState.CANCELLED, true, null, epoch, "cancelled"));
    return this;
  }

  public BatchRowsBuilder ahead(int... ordinals) {
    IntStream.of(ordinals).forEach(ahead::add);
    return this;
  }

  public BatchRowsBuilder deferred(int ordinal, int nextAttempt) {
    deferred.add(new TestDeferredRow(ordinal, nextAttempt));
    return this;
  }

  public BatchRowsBuilder claimed(long epoch, int... ordinals) {
    return claimedForAttempt(epoch, 1, ordinals);
  }

  public BatchRowsBuilder claimedForAttempt(long epoch, int attempt, int... ordinals) {
    claims.add(new TestClaimRow(epoch, attempt, IntStream.of(ordinals).boxed().toList()));
    return this;
  }

  /** Cancels the batch at this epoch. */
  public BatchRowsBuilder fenced(long epoch) {
    fence = epoch;
    return this;
  }

  /** Items 0 and 1 have succeeded, 0 at its second attempt; 2 has failed; 3 waits for a retry. */
  public BatchRowsBuilder partlyRun() {
    return price(3)
        .cursor(5)
        .failedAttempt(0, 1, 1, 2)
        .succeededAttempt(0, 2, 3, 4)
        .succeeded(1, 1, 2)
        .failed(2, 1, 3)
        .failedAttempt(3, 1, 1, 3)
        .deferred(3, 2);
  }

  /** Items 0, 1 and 2 have failed and were retried: 0 is pending, 1 has succeeded, 2 runs. */
  public BatchRowsBuilder partlyRetried() {
    return cursor(total)
        .retried()
        .failed(0, 1, 2)
        .deferred(0, 2)
        .failed(1, 1, 2)
        .succeededAttempt(1, 2, 3, 4)
        .failed(2, 1, 2)
        .claimedForAttempt(5, 2, 2);
  }

  /** Writes all rows and returns the id of the batch. */
  public UUID save() {
    rows.write(this::write);
    return id;
  }

  private void write(Tx tx) {
    BatchSums sums = new BatchSums(this);
    BatchWriter.batch(tx, this, sums);
    BatchWriter.items(tx, this);
    results.forEach(result -> BatchWriter.result(tx, this, result));
    deferred.forEach(row -> BatchWriter.deferred(tx, this, row));
    claims.forEach(row -> BatchWriter.claim(tx, this, row));
    ahead.forEach(ordinal -> BatchWriter.ahead(tx, this, ordinal));
    BatchWriter.journal(tx, this, sums);
    if (fence != null) {
      BatchWriter.receipt(tx, this, sums, fence);
    }
  }

  Collection<Integer> running() {
    return claims.stream().flatMap(claim -> claim.ordinals().stream()).toList();
  }
}
