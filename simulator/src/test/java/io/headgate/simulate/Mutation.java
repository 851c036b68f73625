package io.headgate.simulate;

import java.util.List;

/**
 * A change of the engine that the simulation must detect.
 *
 * @param sentence what the changed engine does
 * @param owner the name of the changed class, below {@code io.headgate}
 */
record Mutation(String sentence, String owner, MutationEdit edit) {

  /** The change to the byte code of the class. */
  sealed interface MutationEdit {

    /** Replaces text in string constants, which are SQL. */
    record ReplaceText(String from, String to) implements MutationEdit {}

    /** Makes a method return a constant. */
    record ReturnConstant(String method, Object constant) implements MutationEdit {}

    /** Makes a method read another field of the same type. */
    record ReadOtherField(String method, String from, String to) implements MutationEdit {}

    /** Removes a call of a void method. */
    record RemoveCall(String method, String called) implements MutationEdit {}

    /** Replaces a number in a method. */
    record ReplaceNumber(String method, int from, int to) implements MutationEdit {}
  }

  @Override
  public String toString() {
    return sentence;
  }

  static Mutation text(String sentence, String owner, String from, String to) {
    return new Mutation(sentence, owner, new MutationEdit.ReplaceText(from, to));
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
              new MutationEdit.ReturnConstant("holds", true)),
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
              "engine.NodeStore",
              "last_seen_at + lease_ms * interval '1 millisecond' < :now",
              "last_seen_at < :now"),
          // States of items.
          text(
              "does not store how far the cursor went",
              "engine.LockedBatches",
              "cursor = u.cursor",
              "cursor = b.cursor"),
          text(
              "starts an item that was cancelled past the cursor",
              "engine.Cursor",
              "ordinal >= :cursor",
              "ordinal > :cursor"),
          text(
              "keeps a cancelled item deferred",
              "engine.ItemCancel",
              "delete from deferred where",
              "update deferred set failures = failures where"),
          new Mutation(
              "forgets the deferred items in a cancel",
              "engine.ItemCounters",
              new MutationEdit.ReadOtherField("cancelWaiting", "deferred", "ahead")),
          text(
              "retries succeeded items instead of failed ones",
              "engine.PauseAndRetry",
              "where c.outcome = 'failed'",
              "where c.outcome = 'succeeded'"),
          new Mutation(
              "never ends a batch",
              "engine.BatchRow",
              new MutationEdit.ReturnConstant("endIfDrained", false)),
          text(
              "never unblocks a parent whose child has failed",
              "engine.ItemDependencies",
              "d.ordinal = p.parent and d.blocked_by > 0",
              "d.ordinal = p.parent and d.blocked_by > 99"),
          text(
              "leaves out of a resubmit what a fence stopped while it was deferred",
              "engine.BatchResubmit",
              "exists (select from deferred d where d.batch_id = :old and d.ordinal = i.ordinal)",
              "false"),
          text(
              "leaves out of a resubmit what failed, was retried and then cancelled",
              "engine.BatchResubmit",
              "and later.attempt > r.attempt",
              "and later.attempt < r.attempt"),
          text(
              "applies an order to stop from before a retry",
              "engine.PauseAndRetry",
              "where i.batch_id = :batch and d.batch_id = i.batch_id",
              "where i.batch_id = :batch and false"),
          text(
              "stops a bulk cancel after its first batch",
              "engine.BulkCancels",
              "where operation_id = :id and batch_id = :batch",
              "where operation_id = :id and :batch is not null"),
          // Starts.
          new Mutation(
              "claims whatever the state of the batch",
              "engine.BatchRow",
              new MutationEdit.ReturnConstant("capacity", 3)),
          text(
              "forgets that a batch is paused",
              "engine.BatchRowReader",
              "       epoch, state, paused",
              "       epoch, state, false as paused"),
          text(
              "ignores the concurrency of a batch",
              "engine.BatchRowReader",
              "concurrency, timeout_ms",
              "null::integer as concurrency, timeout_ms"),
          text(
              "ignores the running limit of an account",
              "engine.Exchange",
              "sum(running) as running",
              "0::bigint as running"),
          text(
              "starts a deferred item before it is due",
              "engine.DeferredStore",
              "and due_at <= :now",
              "and due_at < 'infinity' and :now is not null"),
          text(
              "starts a parent before its children",
              "engine.DeferredStore",
              "and blocked_by = 0 and due_at <= :now",
              "and due_at <= :now"),
          // Attempts.
          new Mutation(
              "counts a retry twice",
              "engine.Settler",
              new MutationEdit.ReplaceNumber("defer", 1, 2)),
          new Mutation(
              "counts what is handed back",
              "engine.Settler",
              new MutationEdit.ReplaceNumber("defer", 0, 1)),
          new Mutation(
              "counts an attempt twice that was lost with its node",
              "batch.ItemLifecycle",
              new MutationEdit.ReplaceNumber("lost", 1, 2)),
          new Mutation(
              "defers an item that was ordered to stop",
              "batch.ItemLifecycle$ItemContext",
              new MutationEdit.ReadOtherField("stopping", "interrupted", "fenced")),
          // Credits and receipts.
          text(
              "refunds twice",
              "credit.CreditJournal",
              "0 - m.charge - m.refund",
              "0 - m.charge - m.refund - m.refund"),
          text(
              "does not journal what it charges",
              "credit.CreditJournal",
              "where e.credits > 0",
              "where e.credits > 0 and e.kind <> 'charge'"),
          new Mutation(
              "charges for failed items",
              "engine.ItemCounters",
              new MutationEdit.ReadOtherField("chargeable", "succeeded", "failed")),
          text(
              "formats the receipt again for a repeated cancel",
              "engine.ReceiptStore",
              "select body from receipt where",
              "select replace(body, '\"mode\":', '\"mode\": ') from receipt where"),
          text(
              "writes the receipt again for a repeated cancel",
              "engine.ReceiptStore",
              "select body from receipt where batch_id = :batch",
              "update receipt set body = body || ' ' where batch_id = :batch returning body"),
          text(
              "does not raise the epoch",
              "engine.LockedBatches",
              "epoch = b.epoch + 1",
              "epoch = b.epoch"),
          // Webhooks.
          text(
              "appends every event twice",
              "engine.EventWriter",
              "select u.id, u.account_id",
              "select unnest(array[u.id, gen_random_uuid()]), u.account_id"),
          text(
              "delivers every event twice",
              "webhook.EventFanOut",
              "select e.id, n.id, n.kind",
              "select e.id, unnest(array[n.id, gen_random_uuid()]), n.kind"),
          new Mutation(
              "forgets the event of the fence",
              "engine.BatchCancel",
              new MutationEdit.RemoveCall("fence", "fenced")),
          new Mutation(
              "forgets the terminal event of a batch",
              "engine.LockedBatches",
              new MutationEdit.RemoveCall("finish", "ended")),
          text(
              "writes the events of an exchange in the wrong order",
              "engine.EventWriter",
              "order by u.n",
              "order by u.n desc"),
          text(
              "distributes events in the wrong order",
              "webhook.EventFanOut",
              "order by n.position",
              "order by n.position desc"),
          text(
              "delivers events of every batch to all accounts",
              "webhook.EventFanOut",
              "where account_id = n.account_id and",
              "where n.account_id is not null and"),
          text(
              "delivers the latest first",
              "webhook.DeliveryQueue",
              "order by d.position limit",
              "order by d.position desc limit"),
          text(
              "delivers where another does already",
              "webhook.DeliveryQueue",
              "and (e.lease_until is null or e.lease_until <= :now)",
              ""),
          text(
              "writes what it sent although its lease is lost",
              "webhook.DeliveryQueue",
              "where id = :id and lease = :lease and deleted_at is null",
              "where id = :id and :lease is not null and deleted_at is null"));
}
