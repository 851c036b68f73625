package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.BatchState;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One result or one batch that the database refuses must not stop the others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultIsolationTest {

  private static final CancelOrder DRAIN =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, null);

  private final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_result_that_cannot_be_stored_fails_its_item_and_the_others_settle() {
    UUID batch = fixture.submit(5);
    UUID other = fixture.submit(2);
    List<AttemptReport> settlements =
        new ArrayList<>(fixture.settlements(fixture.claim(7), SUCCESS));
    AttemptReport third =
        settlements.stream()
            .filter(s -> s.batchId().equals(batch) && s.ordinal() == 3)
            .findFirst()
            .orElseThrow();
    settlements.set(
        settlements.indexOf(third),
        new AttemptReport(
            third.token(),
            batch,
            3,
            new AttemptResult.AttemptSucceeded("\"a\0b\""),
            third.finishedAt()));

    assertThat(fixture.exchanger.exchange(settlements, demand(5)).refused()).isEmpty();

    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 0, 0, 4, 1, 0));
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.PARTIAL);
    assertThat(fixture.batch(other).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(error(batch, 3))
        .isEqualTo(
            "result-not-storable: The database refused the result of this attempt: it contains the"
                + " character U+0000.");
    assertThat(fixture.engine.faults().refusedResults()).isEqualTo(1);
  }

  @Test
  void an_error_message_that_cannot_be_stored_is_replaced() {
    UUID batch = fixture.submit(1);
    fixture.settle(
        fixture.claim(1),
        new AttemptResult.AttemptFailed("boom", "it said \0", false, Optional.empty()));

    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.FAILED);
    assertThat(error(batch, 0)).startsWith("result-not-storable: ");
  }

  @Test
  void the_exchange_claims_although_a_result_is_refused() {
    UUID batch = fixture.submit(2);
    List<StartedAttempt> first = fixture.claim(1);
    List<StartedAttempt> next =
        fixture
            .exchanger
            .exchange(
                fixture.settlements(first, new AttemptResult.AttemptSucceeded("\"\0\"")), demand(1))
            .claims();

    assertThat(next).extracting(StartedAttempt::batchId).containsExactly(batch);
  }

  @Test
  void a_result_whose_claim_is_damaged_is_refused_and_the_others_settle() {
    UUID damaged = fixture.submit(1);
    UUID sound = fixture.submit(3);
    List<StartedAttempt> claims = fixture.claim(4);
    damageClaim(damaged);

    assertThat(fixture.settle(claims, SUCCESS).refused())
        .extracting(AttemptReport::batchId)
        .containsExactly(damaged);

    assertThat(fixture.batch(sound).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(fixture.batch(damaged).counts().running()).isEqualTo(1);
  }

  @Test
  void a_cursor_without_the_items_that_the_counters_promise_fails_its_batch_only() {
    UUID damaged = fixture.submit(3);
    update("update batch set ahead = 1, cancelled = 1 where id = :batch", damaged);
    update("insert into ahead select :batch, n from generate_series(0, 2) n", damaged);
    UUID sound = fixture.submit(2);

    assertThat(fixture.claim(10)).extracting(StartedAttempt::batchId).containsExactly(sound, sound);

    assertThat(fixture.engine.faults().failedBatches()).isEqualTo(1);
    UUID later = fixture.submit(1);
    assertThat(fixture.claim(10)).extracting(StartedAttempt::batchId).containsExactly(later);
    assertThat(fixture.engine.faults().failedBatches())
        .as("the batch is not tried again at once")
        .isEqualTo(1);
    fixture.advance(Duration.ofMinutes(2));
    assertThat(fixture.claim(10)).isEmpty();
    assertThat(fixture.engine.faults().failedBatches()).isEqualTo(2);
  }

  @Test
  void a_damaged_batch_does_not_stop_the_rescue_of_others() {
    UUID damaged = fixture.submit(1);
    UUID sound = fixture.submit(1);
    fixture.claim(2);
    damageClaim(damaged);
    fixture.advance(EngineFixture.LEASE.plusSeconds(1));

    assertFails(damaged, () -> fixture.engine.rescueLost());

    assertThat(fixture.batch(sound).counts().pending()).isEqualTo(1);
    assertThat(fixture.batch(damaged).counts().running()).isEqualTo(1);
  }

  @Test
  void a_damaged_batch_does_not_stop_the_end_of_grace_periods() {
    UUID damaged = fixture.submit(1);
    UUID sound = fixture.submit(1);
    fixture.claim(2);
    damageClaim(damaged);
    CancelOrder interrupt = new CancelOrder(CancelMode.INTERRUPT, Duration.ofSeconds(1), null);
    fixture.engine.cancel(fixture.caller, damaged, interrupt);
    fixture.engine.cancel(fixture.caller, sound, interrupt);
    fixture.advance(Duration.ofSeconds(2));

    assertFails(damaged, () -> fixture.engine.abandonOverdue());

    assertThat(fixture.batch(sound).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_damaged_batch_does_not_stop_the_expiry_of_others() {
    UUID damaged = fixture.submit(1);
    UUID sound = fixture.submit(1);
    update("update batch set expires_at = created_at where id = :batch", damaged);
    update("update batch set expires_at = created_at where id = :batch", sound);
    damageRow(damaged);

    assertFails(damaged, () -> fixture.engine.expire());

    assertThat(fixture.batch(sound).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_damaged_batch_does_not_stop_a_bulk_cancel() {
    UUID damaged = fixture.submit(1);
    UUID sound = fixture.submit(1);
    damageRow(damaged);
    UUID operation = fixture.engine.cancelAll(fixture.caller, "{}", List.of(damaged, sound), DRAIN);

    assertFails(damaged, () -> fixture.engine.continueOperations());

    assertThat(fixture.batch(sound).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.engine.operation(fixture.caller, operation).orElseThrow().cancelled())
        .isEqualTo(1);
    fixture.database.useTransaction(tx -> tx.update("drop trigger damage on batch").execute());
    assertThat(fixture.engine.continueOperations()).isEqualTo(1);
    assertThat(fixture.batch(damaged).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_node_leaves_although_a_batch_that_it_holds_is_damaged() {
    UUID damaged = fixture.submit(1);
    fixture.claim(1);
    update("update batch set running = 0, cancelled = 1 where id = :batch", damaged);
    damageRow(damaged);

    fixture.engine.leave(fixture.node);

    assertThat(fixture.engine.heartbeat(fixture.node)).isFalse();
  }

  private static void assertFails(UUID damaged, ThrowingCallable verb) {
    assertThatThrownBy(verb)
        .isInstanceOfSatisfying(
            FailedBatchesException.class,
            failed -> assertThat(failed.failures()).containsOnlyKeys(damaged));
  }

  /** Whatever ends the claim violates a check of the result. */
  private void damageClaim(UUID batch) {
    update("update claim set epoch = 1000 where batch_id = :batch", batch);
  }

  /** No update of the row succeeds. */
  private void damageRow(UUID batch) {
    fixture.database.useTransaction(tx -> {
      tx.update(
              """
              create or replace function damage() returns trigger language plpgsql as $$
              begin
                raise exception 'damaged' using errcode = 'check_violation';
              end $$
              """)
          .execute();
      tx.update(
              """
              create trigger damage before update on batch for each row
              when (new.id = '%s') execute function damage()
              """
                  .formatted(batch))
          .execute();
    });
  }

  private void update(String sql, UUID batch) {
    fixture.database.useTransaction(tx -> tx.update(sql).bind("batch", batch).execute());
  }

  private String error(UUID batch, int ordinal) {
    return fixture.database.read(tx ->
        tx.query(
                """
                select error_code || ': ' || error_message from result
                where batch_id = :batch and ordinal = :ordinal
                """)
            .bind("batch", batch)
            .bind("ordinal", ordinal)
            .mapTo(String.class)
            .one());
  }
}
