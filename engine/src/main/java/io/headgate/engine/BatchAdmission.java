package io.headgate.engine;

import io.headgate.credit.CreditJournal;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import io.headgate.engine.NewBatch.BatchOrder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Admits a batch whose items were copied in the same transaction. */
final class BatchAdmission {

  private static final String INSERT_IF_BELOW_PENDING_LIMIT =
      """
      insert into batch (
        id, account_id, processor, name, metadata, options, state, total, ahead, deferred,
        concurrency, timeout_ms, max_attempts, backoff_ms, max_backoff_ms, priority, related,
        credits_per_item, journal_reserved, created_at, start_at, expires_at, retain_until,
        resubmitted_from, ready_at, dialect, dialect_request,
        secret_options, had_secret_options)
      select
        :id, :account, :processor, :name, :metadata::jsonb, :options, 'pending', :total, :parents, :parents,
        :concurrency, :timeout_ms, :max_attempts, :backoff_ms, :max_backoff_ms, :priority, :related,
        :credits_per_item, :credits_per_item * :total, :now, :start_at, :expires_at, :retain_until,
        :resubmitted_from, :ready_at, :dialect, :dialect_request,
        :secret_options, cast(:secret_options as text) is not null
      from account a
      where a.id = :account
        and (a.pending_limit is null or a.pending_limit >
          (select count(*) from batch where account_id = a.id and finished_at is null))
        and (a.pending_limit is not null or cast(:dialect_limit as int) is null or :dialect_limit >
          (select count(*) from batch
           where account_id = a.id and dialect = :dialect and finished_at is null))
      """;

  private static final String PARENTS =
      "select count(distinct parent) from item_relation where batch_id = :batch";

  private static final String PENDING_LIMIT =
      """
      select coalesce(pending_limit, cast(:dialect_limit as int)) from account where id = :account
      """;

  /** Two submits must not both be the last one that a limit allows. */
  private static final String LOCK_IF_PENDING_LIMITED =
      """
      select id from account
      where id = :account
        and (pending_limit is not null or cast(:dialect_limit as int) is not null)
      for no key update
      """;

  private BatchAdmission() {}

  static AdmissionResult admit(Tx tx, NewBatch batch, Instant now) {
    tx.query(LOCK_IF_PENDING_LIMITED)
        .bind("account", batch.account())
        .bind("dialect_limit", dialectLimit(batch))
        .mapTo(UUID.class)
        .list();
    long needed = batch.creditsPerItem() * batch.total();
    if (!CreditJournal.reserveIfCovered(tx, batch.account(), batch.id(), needed, now)) {
      long available = CreditJournal.available(tx, batch.account());
      return new AdmissionResult.InsufficientCredits(needed, available);
    }
    if (insert(tx, batch, now) == 0) {
      return new AdmissionResult.TooManyPending(
          tx.query(PENDING_LIMIT)
              .bind("account", batch.account())
              .bind("dialect_limit", dialectLimit(batch))
              .mapTo(Integer.class)
              .one());
    }
    if (batch.related()) {
      ItemDependencies.blockParents(tx, batch.id(), now);
    }
    tx.notify(new Signal.WorkAvailable());
    return new AdmissionResult.Admitted();
  }

  private static int insert(Tx tx, NewBatch batch, Instant now) {
    BatchOrder order = batch.order();
    NewBatch.DialectOrigin origin = order.origin();
    return tx.update(INSERT_IF_BELOW_PENDING_LIMIT)
        .bind("id", batch.id())
        .bind("account", batch.account())
        .bind("processor", order.processor())
        .bind("name", order.name())
        .bind("metadata", order.metadata().toString())
        .bind("options", order.options().toString())
        .bind("total", batch.total())
        .bind("parents", batch.related() ? parents(tx, batch.id()) : 0)
        .bind("concurrency", order.limits().concurrency())
        .bind("timeout_ms", order.limits().timeout().toMillis())
        .bind("max_attempts", order.limits().maxAttempts())
        .bind("backoff_ms", order.limits().backoff().toMillis())
        .bind("max_backoff_ms", order.limits().maxBackoff().toMillis())
        .bind("priority", order.priority())
        .bind("related", batch.related())
        .bind("credits_per_item", batch.creditsPerItem())
        .bind("now", now)
        .bind("start_at", order.startAt())
        .bind("expires_at", order.expiresAt())
        .bind("retain_until", now.plusSeconds(order.retainSeconds()))
        .bind("resubmitted_from", batch.resubmittedFrom())
        .bind("ready_at", order.startAt() == null ? now : order.startAt())
        .bind("dialect_limit", dialectLimit(batch))
        .bind("dialect", origin == null ? null : origin.dialect())
        .bind("dialect_request", origin == null ? null : origin.request().toString())
        .bind("secret_options", origin == null ? null : origin.secretOptions())
        .execute();
  }

  private static @Nullable Integer dialectLimit(NewBatch batch) {
    NewBatch.DialectOrigin origin = batch.order().origin();
    return origin == null ? null : origin.pendingLimit();
  }

  private static int parents(Tx tx, UUID batch) {
    return tx.query(PARENTS).bind("batch", batch).mapTo(Integer.class).one();
  }
}
