package io.headgate.engine;

import io.headgate.batch.Counts;
import io.headgate.batch.ItemState;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many items of a batch are where. Every method keeps the conservation law: the counters always
 * add up to the total.
 */
final class ItemCounters {

  private final int total;
  private int cursor;
  private int ahead;
  private int deferred;
  private int running;
  private int succeeded;
  private int failed;
  private int cancelled;

  /** The counters of a batch row. */
  ItemCounters(ResultSet row) throws SQLException {
    total = row.getInt("total");
    cursor = row.getInt("cursor");
    ahead = row.getInt("ahead");
    deferred = row.getInt("deferred");
    running = row.getInt("running");
    succeeded = row.getInt("succeeded");
    failed = row.getInt("failed");
    cancelled = row.getInt("cancelled");
  }

  int cursor() {
    return cursor;
  }

  /** Items past the cursor that do not wait there any more. */
  int ahead() {
    return ahead;
  }

  int deferred() {
    return deferred;
  }

  int running() {
    return running;
  }

  int succeeded() {
    return succeeded;
  }

  int failed() {
    return failed;
  }

  int cancelled() {
    return cancelled;
  }

  /** Items that are paid for. */
  int chargeable() {
    return succeeded;
  }

  /** Items past the cursor that still wait there. */
  int atCursor() {
    return total - cursor - ahead;
  }

  /** Items that have not started, at the cursor or deferred. */
  int waiting() {
    return atCursor() + deferred;
  }

  boolean drained() {
    return running == 0 && waiting() == 0;
  }

  Counts counts() {
    return new Counts(total, waiting(), running, succeeded, failed, cancelled);
  }

  /** Moves the cursor past items that start now and past {@code passed} rows of {@code ahead}. */
  void moveCursor(int to, int passed) {
    cursor = to;
    ahead -= passed;
  }

  /** Counts items as running; {@link #moveCursor} has passed those that come from the cursor. */
  void claim(int fromDeferred, int fromCursor) {
    deferred -= fromDeferred;
    running += fromDeferred + fromCursor;
  }

  void settleRunning(ItemState outcome) {
    running--;
    settle(outcome, 1);
  }

  void settleDeferred(ItemState outcome, int items) {
    deferred -= items;
    settle(outcome, items);
  }

  /** Settles items past the cursor. */
  void settleAhead(ItemState outcome, int items) {
    ahead += items;
    settle(outcome, items);
  }

  private void settle(ItemState outcome, int items) {
    switch (outcome) {
      case SUCCEEDED -> succeeded += items;
      case FAILED -> failed += items;
      case CANCELLED -> cancelled += items;
      case PENDING, RUNNING ->
          throw new IllegalArgumentException("An item cannot be settled as " + outcome + ".");
    }
  }

  void deferRunning() {
    running--;
    deferred++;
  }

  /** Cancels every item that waits. */
  void cancelWaiting() {
    cancelled += atCursor() + deferred;
    deferred = 0;
    ahead = 0;
    cursor = total;
  }

  /** Lets failed items wait again. */
  void retry(int items) {
    failed -= items;
    deferred += items;
  }
}
