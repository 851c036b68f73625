package io.headgate.simulate;

import java.util.List;

/**
 * One way to break the engine.
 *
 * @param sentence what a house so broken does
 * @param owner the class it is broken in, below {@code io.headgate}
 */
record Mutation(String sentence, String owner, Edit edit) {

  /** What is made of the class; nothing of the source is touched. */
  sealed interface Edit {

    /** A piece of its strings, which are SQL, is another. */
    record Text(String from, String to) implements Edit {}

    /** Its method does nothing but answer this. */
    record Answer(String method, Object constant) implements Edit {}

    /** Its method reads another field of the same type. */
    record Field(String method, String from, String to) implements Edit {}

    /** Its method calls no such method, which answers nothing. */
    record Skip(String method, String called) implements Edit {}

    /** Its method uses another number. */
    record Digit(String method, int from, int to) implements Edit {}
  }

  @Override
  public String toString() {
    return sentence;
  }

  static Mutation text(String sentence, String owner, String from, String to) {
    return new Mutation(sentence, owner, new Edit.Text(from, to));
  }

  static final List<Mutation> ALL =
      List.of(
          // Claims and their tokens.
          text(
              "settles under the token of any node",
              "engine.ClaimStore",
              "where id = any(:tokens) and node_id = :node",
              "where id = any(:tokens) and (node_id = :node or true)"),
          new Mutation(
              "settles whatever item is named with a token",
              "engine.ClaimRow",
              new Edit.Answer("holds", true)),
          text(
              "leaves a claim behind that was settled or rescued, so that a late result still"
                  + " counts",
              "engine.ClaimStore",
              "delete from claim where",
              "update claim set epoch = epoch where"),
          text(
              "leaves an item in its claim after it was settled",
              "engine.ClaimStore",
              """
              set ordinals = u.ordinals::int[], attempts = u.attempts::int[], failures = u.failures::int[],
                  losses = u.losses::int[]
              """,
              "set ordinals = c.ordinals\n"),
          text(
              "takes claims away from nodes that are alive",
              "engine.Nodes",
              "last_seen_at + lease_ms * interval '1 millisecond' < :now",
              "last_seen_at < :now"),
          // Places.
          text(
              "does not store how far the cursor went",
              "engine.Locked",
              "cursor = u.cursor",
              "cursor = b.cursor"),
          text(
              "starts an item past the cursor that was cancelled there",
              "engine.Cursor",
              "ordinal >= :cursor",
              "ordinal > :cursor"),
          text(
              "leaves a deferred item waiting that was cancelled singly",
              "engine.ItemCancel",
              "delete from deferred where",
              "update deferred set failures = failures where"),
          new Mutation(
              "forgets the deferred items in a cancel",
              "engine.ItemCounters",
              new Edit.Field("cancelWaiting", "deferred", "ahead")),
          text(
              "retries succeeded items instead of failed ones",
              "engine.Changes",
              "where c.outcome = 'failed'",
              "where c.outcome = 'succeeded'"),
          new Mutation(
              "never ends a batch", "engine.Ledger", new Edit.Answer("endIfDrained", false)),
          text(
              "lets a parent wait for ever when its child has failed",
              "engine.Relatives",
              "d.ordinal = p.parent and d.blocked_by > 0",
              "d.ordinal = p.parent and d.blocked_by > 99"),
          text(
              "forgets in a resubmit what a fence stopped while it waited for a retry",
              "engine.Resubmit",
              "exists (select from deferred d where d.batch_id = :old and d.ordinal = i.ordinal)",
              "false"),
          text(
              "forgets in a resubmit what failed, was retried and then cancelled",
              "engine.Resubmit",
              "and later.attempt > r.attempt",
              "and later.attempt < r.attempt"),
          text(
              "still obeys an order to stop that was given before a retry",
              "engine.Changes",
              "where i.batch_id = :batch and d.batch_id = i.batch_id",
              "where i.batch_id = :batch and false"),
          text(
              "stops a bulk cancel after its first batch",
              "engine.Operations",
              "where operation_id = :id and batch_id = :batch",
              "where operation_id = :id and :batch is not null"),
          // Starts.
          new Mutation(
              "claims whatever the state of the batch",
              "engine.Ledger",
              new Edit.Answer("capacity", 3)),
          text(
              "forgets that a batch is paused",
              "engine.LedgerStore",
              "       epoch, state, paused",
              "       epoch, state, false as paused"),
          text(
              "ignores the concurrency of a batch",
              "engine.LedgerStore",
              "concurrency, timeout_ms",
              "null::integer as concurrency, timeout_ms"),
          text(
              "ignores the running limit of an account",
              "engine.Exchange",
              "sum(running) as running",
              "0::bigint as running"),
          text(
              "tries again before the time has come",
              "engine.DeferredStore",
              "and due_at <= :now",
              "and due_at < 'infinity' and :now is not null"),
          text(
              "starts a parent before its children",
              "engine.DeferredStore",
              "and blocked_by = 0 and due_at <= :now",
              "and due_at <= :now"),
          // Attempts.
          new Mutation("counts a retry twice", "engine.Settling", new Edit.Digit("defer", 1, 2)),
          new Mutation(
              "counts what is handed back", "engine.Settling", new Edit.Digit("defer", 0, 1)),
          new Mutation(
              "counts an attempt twice that was lost with its node",
              "batch.ItemLaw",
              new Edit.Digit("lost", 1, 2)),
          new Mutation(
              "lets an item wait again that was told to stop",
              "batch.ItemLaw$Standing",
              new Edit.Field("stopping", "interrupted", "fenced")),
          // Books.
          text(
              "gives a refund twice",
              "credit.Journal",
              "0 - m.charge - m.refund",
              "0 - m.charge - m.refund - m.refund"),
          text(
              "does not journal what it charges",
              "credit.Journal",
              "where e.credits > 0",
              "where e.credits > 0 and e.kind <> 'charge'"),
          new Mutation(
              "charges for failed items",
              "engine.ItemCounters",
              new Edit.Field("chargeable", "succeeded", "failed")),
          text(
              "words the receipt anew for a repeated cancel",
              "engine.Receipts",
              "select body from receipt where",
              "select replace(body, '\"mode\":', '\"mode\": ') from receipt where"),
          text(
              "writes the receipt anew for a repeated cancel",
              "engine.Receipts",
              "select body from receipt where batch_id = :batch",
              "update receipt set body = body || ' ' where batch_id = :batch returning body"),
          text(
              "does not raise the epoch",
              "engine.Locked",
              "epoch = b.epoch + 1",
              "epoch = b.epoch"),
          // Webhooks.
          text(
              "writes every event twice into the outbox",
              "engine.Outbox",
              "select e.id, u.event_id, u.kind",
              "select e.id, unnest(array[u.event_id, gen_random_uuid()]), u.kind"),
          new Mutation(
              "forgets to tell of the fence", "engine.Fence", new Edit.Skip("fence", "fenced")),
          new Mutation(
              "forgets the terminal event of a batch",
              "engine.Locked",
              new Edit.Skip("finish", "ended")),
          text(
              "writes the events of an exchange in the wrong order",
              "engine.Outbox",
              "order by u.n",
              "order by u.n desc"),
          text(
              "tells all accounts of every batch",
              "engine.Outbox",
              "where account_id = u.account_id and",
              "where u.account_id is not null and"),
          text(
              "delivers the latest first",
              "webhook.Line",
              "order by d.position limit",
              "order by d.position desc limit"),
          text(
              "delivers where another does already",
              "webhook.Line",
              "and (e.lease_until is null or e.lease_until <= :now)",
              ""),
          text(
              "writes what it sent although its lease is lost",
              "webhook.Line",
              "where id = :id and lease = :lease and deleted_at is null",
              "where id = :id and :lease is not null and deleted_at is null"));
}
