package io.headgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.batch.Ids;
import io.headgate.view.BatchRowsBuilder;
import io.headgate.view.TestRows;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AuditTest extends AuditCase {

  @Test
  void a_consistent_database_passes() {
    List<BatchRowsBuilder> batches =
        List.of(
            running(),
            cancelled(),
            completed(),
            retried(),
            retried().fenced(7),
            rows.batch(5),
            rows.batch(5).fenced(1),
            rows.batch(rows.account("other"), 3).price(0).cursor(1).claimed(1, 0));
    List<UUID> ids = batches.stream().map(BatchRowsBuilder::save).toList();

    AuditReport report = audit.all();

    assertThat(report.checks()).allSatisfy(check -> assertThat(check.violations()).isEmpty());
    assertThat(report.ok()).isTrue();
    assertThat(report.batches()).isEqualTo(8);
    assertThat(report.items()).isEqualTo(10 + 10 + 2 + 4 + 4 + 5 + 5 + 3);
    assertThat(report.checks())
        .extracting(CheckResult::name)
        .containsExactly(
            "conservation", "claims", "fence", "receipts", "credits", "results", "artifacts");
    for (UUID id : ids.subList(0, 7)) {
      assertThat(audit.batch(rows.account, id))
          .hasValueSatisfying(one -> {
            assertThat(one.ok()).isTrue();
            assertThat(one.batches()).isEqualTo(1);
          });
    }
  }

  @Test
  void an_empty_database_passes() {
    assertThat(audit.all()).isEqualTo(new AuditReport(0, 0, audit.all().checks()));
    assertThat(audit.all().ok()).isTrue();
  }

  @Test
  void a_batch_of_another_account_does_not_exist() {
    UUID id = running().save();

    assertThat(audit.batch(rows.account("other"), id)).isEmpty();
    assertThat(audit.batch(rows.account, Ids.next())).isEmpty();
  }

  @Test
  void a_finished_batch_whose_items_were_dropped_by_retention_is_skipped() {
    completed().save();
    UUID live = running().save();
    rows.tamper("delete from item where batch_id <> '%s'".formatted(live));
    rows.tamper("delete from result where batch_id <> '%s'".formatted(live));
    Audit later = new Audit(rows.database, InstantSource.fixed(TestRows.at(40L * 86_400)));

    assertThat(audit.all().ok()).isFalse();
    assertThat(later.all().ok()).isTrue();
    assertThat(later.all().batches()).isEqualTo(1);
  }

  @Test
  void a_counter_that_differs_from_its_rows_is_found() {
    UUID id = running().save();
    tamper("update batch set succeeded = succeeded + 1, failed = failed - 1 where id = '%s'", id);

    assertFound(id, "conservation", "succeeded is 2, but its rows give 1");
    assertFound(id, "conservation", "failed is 0, but its rows give 1");
  }

  @Test
  void a_lost_result_is_found() {
    UUID id = running().save();
    tamper("delete from result where batch_id = '%s' and ordinal = 1", id);

    assertFound(id, "conservation", "failed is 1, but its rows give 0");
  }

  @Test
  void a_lost_item_is_found() {
    UUID id = running().save();
    tamper("delete from item where batch_id = '%s' and ordinal = 9", id);

    assertFound(id, "conservation", "total is 10, but its rows give 9");
    assertFound(id, "conservation", "the highest ordinal is 9, but its rows give 8");
  }

  @Test
  void a_lost_deferred_row_is_found() {
    UUID id = running().save();
    tamper("delete from deferred where batch_id = '%s' and ordinal = 9", id);

    assertFound(id, "conservation", "deferred is 2, but its rows give 1");
    assertFound(id, "conservation", "item 9 was taken ahead of the cursor and has no row");
  }

  @Test
  void an_item_that_is_deferred_although_it_is_settled_is_found() {
    UUID id = running().save();
    tamper("insert into deferred values ('%s', 1, 2, 0, 0, now())", id);

    assertFound(id, "conservation", "item 1 is deferred and settled");
  }

  @Test
  void a_settled_item_that_is_pending_past_the_cursor_is_found() {
    UUID id = running().save();
    tamper("update result set ordinal = 7 where batch_id = '%s' and ordinal = 1", id);

    assertFound(id, "conservation", "item 7 is settled and also pending past the cursor");
  }

  @Test
  void a_stopped_item_that_is_counted_in_another_state_is_found() {
    UUID id = cancelled().save();
    tamper("delete from result where batch_id = '%s' and ordinal = 7", id);

    assertFound(id, "conservation", "cancelled is 4, but its rows give 3");
  }

  @Test
  void an_item_in_two_claims_is_found() {
    UUID id = running().save();
    tamper("update claim set ordinals = array[4] where batch_id = '%s' and epoch = 5", id);

    assertFound(id, "claims", "item 4 is in 2 claims");
  }

  @Test
  void an_item_that_is_running_and_deferred_is_found() {
    UUID id = running().save();
    tamper("update claim set ordinals = array[2] where batch_id = '%s' and epoch = 5", id);

    assertFound(id, "claims", "item 2 is running and deferred");
  }

  @Test
  void an_item_that_is_running_although_it_is_settled_is_found() {
    UUID id = running().save();
    tamper("update claim set ordinals = array[1] where batch_id = '%s' and epoch = 5", id);

    assertFound(id, "claims", "item 1 is running and settled");
  }

  @Test
  void a_retried_item_that_is_running_although_its_new_attempt_is_settled_is_found() {
    UUID id = retried().save();
    tamper("update claim set ordinals = array[1] where batch_id = '%s'", id);

    assertFound(id, "claims", "item 1 is running and settled");
  }

  @Test
  void a_claim_of_a_batch_that_cannot_run_is_found() {
    UUID id = completed().save();
    tamper(
        "insert into claim (batch_id, node_id, epoch, ordinals, claimed_at)"
            + " values ('%s', 1, 99, array[7], now())",
        id);

    assertFound(id, "claims", "exists in state completed, epoch 99 of 3");
    assertFound(id, "claims", "has item 7 of 2");
  }

  @Test
  void an_item_that_started_after_the_fence_is_found() {
    UUID id = cancelled().save();
    tamper("update result set claim_epoch = 7 where batch_id = '%s' and ordinal = 6", id);

    assertFound(id, "fence", "item 6 started at epoch 7, after the fence at 6");
    assertFound(id, "receipts", "running is 5 in the receipt, but the rows give 4");
  }

  @Test
  void an_item_that_started_at_the_epoch_of_the_fence_is_found() {
    UUID id = cancelled().save();
    tamper("update result set claim_epoch = 6 where batch_id = '%s' and ordinal = 6", id);

    assertFound(id, "fence", "item 6 started at epoch 6, after the fence at 6");
  }

  @Test
  void a_claim_after_the_fence_is_found() {
    UUID id = cancelled().save();
    tamper("update claim set epoch = 7 where batch_id = '%s' and epoch = 5", id);

    assertFound(id, "fence", "of epoch 7 exists after the fence at 6");
  }

  @Test
  void an_item_that_was_deferred_after_the_fence_is_found() {
    UUID id = cancelled().save();
    tamper("update result set final = false where batch_id = '%s' and ordinal = 7", id);

    assertFound(id, "fence", "item 7 was deferred at epoch 9, after the fence at 6");
  }

  @Test
  void an_item_that_settled_after_the_fence_without_having_run_is_found() {
    UUID id = cancelled().save();
    tamper("update result set epoch = 7 where batch_id = '%s' and ordinal = 8", id);

    assertFound(id, "fence", "item 8 settled at epoch 7 without having run");
  }

  @Test
  void an_artifact_kept_without_a_success_or_deleted_despite_one_is_found() {
    UUID id = completed().save();
    artifact(id, "kept", 1);
    assertThat(audit.all().ok()).isTrue();
    tamper("update artifact set claim_epoch = 99 where batch_id = '%s'", id);
    assertFound(
        id, "artifacts", "artifact page.png of item 0 is kept, but its attempt did not succeed");
    tamper(
        "update artifact set claim_epoch = 1, state = 'deleted', deleted_at = now(), due_at = now()"
            + " where batch_id = '%s'",
        id);
    assertFound(
        id, "artifacts", "artifact page.png of item 0 is deleted, but its attempt succeeded");
  }

  private void artifact(UUID batch, String state, int claimEpoch) {
    rows.tamper(
        """
        insert into artifact (id, batch_id, ordinal, claim_id, claim_epoch, name, media_type, bytes,
                              sha256, store, state, created_at)
        values (gen_random_uuid(), '%s', 0, 1, %d, 'page.png', 'image/png', 1, sha256(''), 'folder:x',
                '%s', now())
        """
            .formatted(batch, claimEpoch, state));
  }
}
