package io.headgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.AuditReport.Check;
import io.headgate.audit.AuditReport.Violation;
import io.headgate.batch.Ids;
import io.headgate.batch.ItemState;
import io.headgate.db.TestPostgres;
import io.headgate.view.BatchRows;
import io.headgate.view.Rows;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTest {

  private final Rows rows = Rows.in(TestPostgres.database());
  private final Audit audit = new Audit(rows.database, Rows.CLOCK);

  @AfterEach
  void close() {
    rows.close();
  }

  private BatchRows running() {
    return rows.batch(10)
        .price(2)
        .cursor(6)
        .passing(0, 1, 1, 2)
        .attempt(0, 2, ItemState.SUCCEEDED, 3, 4, null)
        .failed(1, 1, 3)
        .passing(2, 1, 1, 3)
        .deferred(2, 2)
        .claimed(4, 3, 4)
        .claimed(5, 5)
        .neverRan(8, 5)
        .deferred(9, 1)
        .ahead(8, 9);
  }

  private BatchRows cancelled() {
    return running().succeeded(6, 5, 8).cancelled(7, 5, 9, "interrupted").fenced(6);
  }

  private BatchRows completed() {
    return rows.batch(2).cursor(2).succeeded(0, 1, 2).succeeded(1, 1, 3);
  }

  private BatchRows retried() {
    return rows.batch(4)
        .cursor(4)
        .retried()
        .failed(0, 1, 2)
        .deferred(0, 2)
        .failed(1, 1, 2)
        .attempt(1, 2, ItemState.SUCCEEDED, 3, 4, null)
        .failed(2, 1, 2)
        .claimedAgain(5, 2, 2)
        .succeeded(3, 1, 2);
  }

  @Test
  void a_sound_house_passes() {
    List<BatchRows> batches =
        List.of(
            running(),
            cancelled(),
            completed(),
            retried(),
            retried().fenced(7),
            rows.batch(5),
            rows.batch(5).fenced(1),
            rows.batch(rows.account("other"), 3).price(0).cursor(1).claimed(1, 0));
    List<UUID> ids = batches.stream().map(BatchRows::save).toList();

    AuditReport report = audit.all();

    assertThat(report.checks()).allSatisfy(check -> assertThat(check.violations()).isEmpty());
    assertThat(report.ok()).isTrue();
    assertThat(report.batches()).isEqualTo(8);
    assertThat(report.items()).isEqualTo(10 + 10 + 2 + 4 + 4 + 5 + 5 + 3);
    assertThat(report.checks())
        .extracting(Check::name)
        .containsExactly("conservation", "claims", "fence", "receipts", "credits", "results");
    for (UUID id : ids.subList(0, 7)) {
      assertThat(audit.batch(rows.account, id))
          .hasValueSatisfying(one -> {
            assertThat(one.ok()).isTrue();
            assertThat(one.batches()).isEqualTo(1);
          });
    }
  }

  @Test
  void an_empty_house_passes() {
    assertThat(audit.all()).isEqualTo(new AuditReport(0, 0, audit.all().checks()));
    assertThat(audit.all().ok()).isTrue();
  }

  @Test
  void a_batch_of_another_account_is_not_there() {
    UUID id = running().save();

    assertThat(audit.batch(rows.account("other"), id)).isEmpty();
    assertThat(audit.batch(rows.account, Ids.next())).isEmpty();
  }

  @Test
  void a_finished_batch_whose_items_retention_dropped_is_left_out() {
    completed().save();
    UUID live = running().save();
    rows.tamper("delete from item where batch_id <> '%s'".formatted(live));
    rows.tamper("delete from result where batch_id <> '%s'".formatted(live));
    Audit later = new Audit(rows.database, InstantSource.fixed(Rows.at(40L * 86_400)));

    assertThat(audit.all().ok()).isFalse();
    assertThat(later.all().ok()).isTrue();
    assertThat(later.all().batches()).isEqualTo(1);
  }

  @Test
  void a_counter_that_is_not_its_rows_is_found() {
    UUID id = running().save();
    broken("update batch set succeeded = succeeded + 1, failed = failed - 1 where id = '%s'", id);

    found(id, "conservation", "succeeded is 2, but its rows say 1");
    found(id, "conservation", "failed is 0, but its rows say 1");
  }

  @Test
  void a_lost_result_is_found() {
    UUID id = running().save();
    broken("delete from result where batch_id = '%s' and ordinal = 1", id);

    found(id, "conservation", "failed is 1, but its rows say 0");
  }

  @Test
  void a_lost_item_is_found() {
    UUID id = running().save();
    broken("delete from item where batch_id = '%s' and ordinal = 9", id);

    found(id, "conservation", "total is 10, but its rows say 9");
    found(id, "conservation", "the highest ordinal is 9, but its rows say 8");
  }

  @Test
  void a_lost_deferred_row_is_found() {
    UUID id = running().save();
    broken("delete from deferred where batch_id = '%s' and ordinal = 9", id);

    found(id, "conservation", "deferred is 2, but its rows say 1");
    found(id, "conservation", "item 9 left the cursor and is nowhere");
  }

  @Test
  void an_item_that_waits_although_it_is_settled_is_found() {
    UUID id = running().save();
    broken("insert into deferred values ('%s', 1, 2, 0, 0, now())", id);

    found(id, "conservation", "item 1 waits and is settled");
  }

  @Test
  void a_settled_item_that_still_waits_past_the_cursor_is_found() {
    UUID id = running().save();
    broken("update result set ordinal = 7 where batch_id = '%s' and ordinal = 1", id);

    found(id, "conservation", "item 7 is settled and still waits past the cursor");
  }

  @Test
  void an_item_that_was_stopped_and_yet_counts_as_something_else_is_found() {
    UUID id = cancelled().save();
    broken("delete from result where batch_id = '%s' and ordinal = 7", id);

    found(id, "conservation", "cancelled is 4, but its rows say 3");
  }

  @Test
  void an_item_in_two_claims_is_found() {
    UUID id = running().save();
    broken("update claim set ordinals = array[4] where batch_id = '%s' and epoch = 5", id);

    found(id, "claims", "item 4 is in 2 claims");
  }

  @Test
  void an_item_that_runs_and_waits_is_found() {
    UUID id = running().save();
    broken("update claim set ordinals = array[2] where batch_id = '%s' and epoch = 5", id);

    found(id, "claims", "item 2 runs and waits");
  }

  @Test
  void an_item_that_runs_although_it_is_settled_is_found() {
    UUID id = running().save();
    broken("update claim set ordinals = array[1] where batch_id = '%s' and epoch = 5", id);

    found(id, "claims", "item 1 runs and is settled");
  }

  @Test
  void a_retried_item_that_runs_although_its_new_attempt_is_settled_is_found() {
    UUID id = retried().save();
    broken("update claim set ordinals = array[1] where batch_id = '%s'", id);

    found(id, "claims", "item 1 runs and is settled");
  }

  @Test
  void a_claim_of_a_batch_that_cannot_run_is_found() {
    UUID id = completed().save();
    broken(
        "insert into claim (batch_id, node_id, epoch, ordinals, claimed_at)"
            + " values ('%s', 1, 99, array[7], now())",
        id);

    found(id, "claims", "runs in state completed, epoch 99 of 3");
    found(id, "claims", "runs item 7 of 2");
  }

  @Test
  void an_item_that_started_after_the_fence_is_found() {
    UUID id = cancelled().save();
    broken("update result set claim_epoch = 7 where batch_id = '%s' and ordinal = 6", id);

    found(id, "fence", "item 6 started at epoch 7, after the fence at 6");
    found(id, "receipts", "running is 5 in the receipt, but the rows say 4");
  }

  @Test
  void an_item_that_started_at_the_very_epoch_of_the_fence_is_found() {
    UUID id = cancelled().save();
    broken("update result set claim_epoch = 6 where batch_id = '%s' and ordinal = 6", id);

    found(id, "fence", "item 6 started at epoch 6, after the fence at 6");
  }

  @Test
  void a_claim_after_the_fence_is_found() {
    UUID id = cancelled().save();
    broken("update claim set epoch = 7 where batch_id = '%s' and epoch = 5", id);

    found(id, "fence", "of epoch 7 runs after the fence at 6");
  }

  @Test
  void an_item_that_went_back_to_wait_after_the_fence_is_found() {
    UUID id = cancelled().save();
    broken("update result set final = false where batch_id = '%s' and ordinal = 7", id);

    found(id, "fence", "item 7 went back to wait at epoch 9, after the fence at 6");
  }

  @Test
  void an_item_that_settled_after_the_fence_without_having_run_is_found() {
    UUID id = cancelled().save();
    broken("update result set epoch = 7 where batch_id = '%s' and ordinal = 8", id);

    found(id, "fence", "item 8 settled at epoch 7 without having run");
  }

  @Test
  void a_cancel_without_a_receipt_is_found() {
    UUID id = cancelled().save();
    broken("delete from receipt where batch_id = '%s'", id);

    found(id, "receipts", "is cancelling without a receipt");
  }

  @Test
  void a_receipt_without_a_cancel_is_found() {
    UUID id = cancelled().save();
    UUID other = running().save();
    broken("update receipt set batch_id = '%s'", other);

    found(other, "receipts", "the epoch is 6 in the receipt and  in the batch");
    found(other, "receipts", "the body of the receipt names another batch");
    found(id, "receipts", "is cancelling without a receipt");
  }

  @Test
  void a_receipt_that_tells_other_numbers_than_the_rows_is_found() {
    UUID id = cancelled().save();
    broken(
        "update receipt set succeeded = succeeded + 1, failed = failed - 1 where batch_id = '%s'",
        id);

    found(id, "receipts", "succeeded is 2 in the receipt, but the rows say 1");
    found(id, "receipts", "says /counts/succeeded is 1, its column says 2");
  }

  @Test
  void a_receipt_whose_body_was_changed_is_found() {
    UUID id = cancelled().save();
    broken(
        "update receipt set body = replace(body, '\"stopped\":2', '\"stopped\":99')"
            + " where batch_id = '%s'",
        id);

    found(id, "receipts", "says /counts/stopped is 99, its column says 2");
  }

  @Test
  void a_receipt_whose_time_was_changed_is_found() {
    UUID id = cancelled().save();
    broken(
        "update receipt set cancelled_at = cancelled_at + interval '2 ms' where batch_id = '%s'",
        id);

    found(id, "receipts", "the body of the receipt has another time");
    found(id, "receipts", "the time is");
  }

  @Test
  void a_receipt_that_is_no_json_is_found_also_when_its_batch_is_gone() {
    UUID id = cancelled().save();
    broken("update receipt set body = '{\"epoch\":' where batch_id = '%s'", id);
    broken("delete from batch where id = '%s'", id);

    found(id, "receipts", "the body of the receipt is no JSON");
  }

  @Test
  void an_account_that_is_not_its_journal_is_found() {
    completed().save();
    broken("update account set charged = charged + 1 where name = '%s'", "default");

    assertThat(named(audit.all(), "credits").violations())
        .containsExactly(
            new Violation(null, "charged of account default is 3, but the journal says 2"));
  }

  @Test
  void a_batch_that_is_not_its_journal_is_found() {
    UUID id = completed().save();
    broken("delete from credit_entry where kind = 'charge' and batch_id = '%s'", id);

    found(id, "credits", "charged is 2, but the journal says 0");
  }

  @Test
  void a_batch_on_another_accounts_bill_is_found() {
    UUID id = completed().save();
    UUID other = rows.account("other");
    broken("update credit_entry set account_id = '%s' where kind = 'charge'", other);

    found(id, "credits", "the number of paying accounts is 1, but the journal says 2");
  }

  @Test
  void a_batch_charged_for_what_did_not_succeed_is_found() {
    UUID id = running().save();
    broken("update batch set journal_charged = 4 where id = '%s'", id);

    found(id, "credits", "is charged more than it did");
  }

  @Test
  void a_batch_refunded_for_what_still_waits_is_found() {
    UUID id = running().save();
    broken("update batch set journal_refunded = 10 where id = '%s'", id);

    found(id, "credits", "holds less than what waits and runs would cost");
  }

  @Test
  void a_batch_that_ended_without_its_charge_is_found() {
    UUID id = completed().save();
    broken("update batch set journal_charged = 1, journal_refunded = 1 where id = '%s'", id);

    found(id, "credits", "ended without being charged for all it did");
  }

  @Test
  void a_batch_that_was_not_reserved_in_full_is_found() {
    UUID id = running().save();
    broken("update batch set journal_reserved = 19 where id = '%s'", id);

    found(id, "credits", "was not reserved in full");
  }

  @Test
  void a_batch_reserved_twice_is_found() {
    UUID id = running().save();
    broken("update batch set journal_reserved = 22 where id = '%s'", id);

    found(id, "credits", "was reserved twice without a retry");
  }

  @Test
  void an_item_settled_twice_is_found() {
    UUID id = running().save();
    broken("update result set final = true where batch_id = '%s' and ordinal = 0", id);

    found(id, "results", "item 0 settled twice");
  }

  @Test
  void an_item_that_ran_again_after_it_succeeded_is_found() {
    UUID id = retried().save();
    broken(
        "update result set outcome = 'succeeded', output = '1', error_code = null"
            + " where batch_id = '%s' and ordinal = 1 and attempt = 1",
        id);

    found(id, "results", "item 1 ran again after it succeeded");
  }

  @Test
  void attempts_that_overlap_are_found() {
    UUID id = running().save();
    broken(
        "update result set claim_epoch = 1 where batch_id = '%s' and ordinal = 0 and attempt = 2",
        id);

    found(id, "results", "attempt 2 of item 0 began at epoch 1, the one before ended at 2");
  }

  @Test
  void a_result_from_the_future_is_found() {
    UUID id = running().save();
    broken("update result set epoch = 77 where batch_id = '%s' and ordinal = 1", id);

    found(id, "results", "attempt 1 of item 1: epochs 1 to 77 of 5");
  }

  @Test
  void all_violations_are_counted_and_the_first_hundred_told() {
    BatchRows batch = rows.batch(300).cursor(300);
    for (int i = 0; i < 300; i++) {
      batch.succeeded(i, 1, 2);
    }
    UUID id = batch.save();
    broken("update result set epoch = 77 where batch_id = '%s'", id);

    Check results = named(audit.all(), "results");

    assertThat(results.found()).isEqualTo(300);
    assertThat(results.violations()).hasSize(Audit.MAX_VIOLATIONS);
  }

  private void broken(String sql, Object id) {
    rows.tamper(sql.formatted(id));
  }

  private void found(UUID id, String check, String detail) {
    AuditReport report = audit.all();
    assertThat(report.ok()).isFalse();
    assertThat(named(report, check).violations())
        .anySatisfy(violation -> {
          assertThat(violation.batchId()).isEqualTo(id);
          assertThat(violation.detail()).contains(detail);
        });
  }

  private static Check named(AuditReport report, String name) {
    return report.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
