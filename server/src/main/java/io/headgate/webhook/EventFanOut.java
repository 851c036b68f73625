package io.headgate.webhook;

import io.headgate.db.Database;
import io.headgate.db.Signal;
import io.headgate.db.Tx;

/**
 * Turns events that the engine appended into deliveries: one for each endpoint that listens to the
 * event. The transaction that writes the deliveries of an event also deletes the event, so no crash
 * loses or duplicates one.
 *
 * <p>Positions of events are not in the order of their commits, so no cursor could follow them. A
 * round takes what is visible and left, the lowest positions first. Events of one batch are
 * appended under its lock: when one is visible, so are those before it. Only one node at a time
 * distributes, which keeps that order between rounds.
 */
public final class EventFanOut {

  /** Events in one transaction. Each may become as many deliveries as its account has endpoints. */
  private static final int TOGETHER = 500;

  private static final String TRY_LOCK =
      "select pg_try_advisory_xact_lock(hashtext('headgate event fan-out'))";

  /**
   * A progress event is read without the lock of its batch. It is dropped when the batch has
   * changed its state since: its place is before the event of that change, which may have been
   * distributed.
   */
  private static final String MOVE_TO_DELIVERIES =
      """
      with next as (
        delete from event where position in (select position from event order by position limit :limit)
        returning position, id, account_id, batch_id, ordinal, kind, at, data),
      written as (
        insert into webhook_delivery (endpoint_id, event_id, kind, batch_id, ordinal, at, data, due_at)
        select e.id, n.id, n.kind, n.batch_id, n.ordinal, n.at, n.data, n.at
        from next n cross join lateral (
          select id, events, state, events_after, events_until from webhook_endpoint
          where account_id = n.account_id and batch_id is null and deleted_at is null
          union all
          select id, events, state, events_after, events_until from webhook_endpoint
          where batch_id = n.batch_id) e
        where n.kind = any(e.events) and n.position > e.events_after
          and (e.state <> 'failed' or n.position < e.events_until)
          and (n.kind <> 'batch.progress' or exists (select from batch b where b.id = n.batch_id
            and b.state = n.data::json ->> 'state' and b.retried::text = n.data::json ->> 'retried'))
        order by n.position
        returning 1)
      select (select count(*) from next) as events, (select count(*) from written) as deliveries
      """;

  private final Database database;

  public EventFanOut(Database database) {
    this.database = database;
  }

  /** Distributes some events; true when there may be more. */
  public boolean runOnce() {
    return database.inTransaction(tx -> distribute(tx, TOGETHER)) == TOGETHER;
  }

  /**
   * Distributes at most {@code limit} events and returns how many; 0 also when another transaction
   * distributes at this moment.
   */
  static int distribute(Tx tx, int limit) {
    if (!tx.query(TRY_LOCK).mapTo(Boolean.class).one()) {
      return 0;
    }
    return tx.query(MOVE_TO_DELIVERIES)
        .bind("limit", limit)
        .map((row, context) -> {
          if (row.getInt("deliveries") > 0) {
            tx.notify(new Signal.DeliveryDue());
          }
          return row.getInt("events");
        })
        .one();
  }
}
