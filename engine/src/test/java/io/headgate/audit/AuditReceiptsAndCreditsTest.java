package io.headgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.AuditReport.AuditViolation;
import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.view.BatchRowsBuilder;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The checks of receipts, credits and results. */
class AuditReceiptsAndCreditsTest extends AuditCase {

  @Test
  void a_cancel_without_a_receipt_is_found() {
    UUID id = cancelled().save();
    tamper("delete from receipt where batch_id = '%s'", id);

    assertFound(id, "receipts", "is cancelling without a receipt");
  }

  @Test
  void a_receipt_without_a_cancel_is_found() {
    UUID id = cancelled().save();
    UUID other = running().save();
    tamper("update receipt set batch_id = '%s'", other);

    assertFound(other, "receipts", "the epoch is 6 in the receipt and  in the batch");
    assertFound(other, "receipts", "the body of the receipt has another batch id");
    assertFound(id, "receipts", "is cancelling without a receipt");
  }

  @Test
  void a_receipt_with_other_numbers_than_the_rows_is_found() {
    UUID id = cancelled().save();
    tamper(
        "update receipt set succeeded = succeeded + 1, failed = failed - 1 where batch_id = '%s'",
        id);

    assertFound(id, "receipts", "succeeded is 2 in the receipt, but the rows give 1");
    assertFound(id, "receipts", "has /counts/succeeded = 1, its column has 2");
  }

  @Test
  void a_receipt_whose_body_was_changed_is_found() {
    UUID id = cancelled().save();
    tamper(
        "update receipt set body = replace(body, '\"stopped\":2', '\"stopped\":99')"
            + " where batch_id = '%s'",
        id);

    assertFound(id, "receipts", "has /counts/stopped = 99, its column has 2");
  }

  @Test
  void a_receipt_whose_time_was_changed_is_found() {
    UUID id = cancelled().save();
    tamper(
        "update receipt set cancelled_at = cancelled_at + interval '2 ms' where batch_id = '%s'",
        id);

    assertFound(id, "receipts", "the body of the receipt has another time than its column");
    assertFound(id, "receipts", "the time is");
  }

  @Test
  void a_receipt_that_is_not_json_is_found_also_when_its_batch_was_dropped() {
    UUID id = cancelled().save();
    tamper("update receipt set body = '{\"epoch\":' where batch_id = '%s'", id);
    tamper("delete from batch where id = '%s'", id);

    assertFound(id, "receipts", "the body of the receipt is not valid JSON");
  }

  @Test
  void an_account_that_differs_from_its_journal_is_found() {
    completed().save();
    tamper("update account set charged = charged + 1 where name = '%s'", "default");

    assertThat(check(audit.all(), "credits").violations())
        .containsExactly(
            new AuditViolation(null, "charged of account default is 3, but the journal gives 2"));
  }

  @Test
  void a_batch_that_differs_from_its_journal_is_found() {
    UUID id = completed().save();
    tamper("delete from credit_entry where kind = 'charge' and batch_id = '%s'", id);

    assertFound(id, "credits", "charged is 2, but the journal gives 0");
  }

  @Test
  void a_batch_charged_to_another_account_is_found() {
    UUID id = completed().save();
    UUID other = rows.account("other");
    tamper("update credit_entry set account_id = '%s' where kind = 'charge'", other);

    assertFound(id, "credits", "the number of paying accounts is 1, but the journal gives 2");
  }

  @Test
  void a_batch_charged_for_items_that_did_not_succeed_is_found() {
    UUID id = running().save();
    tamper("update batch set journal_charged = 4 where id = '%s'", id);

    assertFound(id, "credits", "is charged for more than its succeeded items");
  }

  @Test
  void a_batch_refunded_for_pending_items_is_found() {
    UUID id = running().save();
    tamper("update batch set journal_refunded = 10 where id = '%s'", id);

    assertFound(id, "credits", "reserves less than its unfinished items cost");
  }

  @Test
  void a_batch_that_ended_without_its_charge_is_found() {
    UUID id = completed().save();
    tamper("update batch set journal_charged = 1, journal_refunded = 1 where id = '%s'", id);

    assertFound(id, "credits", "ended without a charge for all succeeded items");
  }

  @Test
  void a_batch_that_was_not_reserved_in_full_is_found() {
    UUID id = running().save();
    tamper("update batch set journal_reserved = 19 where id = '%s'", id);

    assertFound(id, "credits", "was not reserved in full");
  }

  @Test
  void a_batch_reserved_twice_is_found() {
    UUID id = running().save();
    tamper("update batch set journal_reserved = 22 where id = '%s'", id);

    assertFound(id, "credits", "was reserved twice without a retry");
  }

  @Test
  void an_item_settled_twice_is_found() {
    UUID id = running().save();
    tamper("update result set final = true where batch_id = '%s' and ordinal = 0", id);

    assertFound(id, "results", "item 0 settled twice");
  }

  @Test
  void an_item_that_ran_again_after_it_succeeded_is_found() {
    UUID id = retried().save();
    tamper(
        "update result set outcome = 'succeeded', output = '1', error_code = null"
            + " where batch_id = '%s' and ordinal = 1 and attempt = 1",
        id);

    assertFound(id, "results", "item 1 ran again after it succeeded");
  }

  @Test
  void attempts_that_overlap_are_found() {
    UUID id = running().save();
    tamper(
        "update result set claim_epoch = 1 where batch_id = '%s' and ordinal = 0 and attempt = 2",
        id);

    assertFound(
        id, "results", "attempt 2 of item 0 started at epoch 1, the previous one ended at 2");
  }

  @Test
  void a_result_from_the_future_is_found() {
    UUID id = running().save();
    tamper("update result set epoch = 77 where batch_id = '%s' and ordinal = 1", id);

    assertFound(id, "results", "attempt 1 of item 1: epochs 1 to 77 of 5");
  }

  @Test
  void all_violations_are_counted_and_the_first_hundred_reported() {
    BatchRowsBuilder batch = rows.batch(300).cursor(300);
    for (int i = 0; i < 300; i++) {
      batch.succeeded(i, 1, 2);
    }
    UUID id = batch.save();
    tamper("update result set epoch = 77 where batch_id = '%s'", id);

    CheckResult results = check(audit.all(), "results");

    assertThat(results.found()).isEqualTo(300);
    assertThat(results.violations()).hasSize(Audit.MAX_VIOLATIONS);
  }
}
