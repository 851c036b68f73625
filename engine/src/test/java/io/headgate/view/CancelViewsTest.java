package io.headgate.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Credits;
import io.headgate.batch.ItemState;
import io.headgate.db.TestPostgres;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelViewsTest {

  private final TestRows rows = TestRows.in(TestPostgres.database());
  private final SettlementReader settlements = new SettlementReader(rows.database, TestRows.CLOCK);
  private final BatchChangeReader events = new BatchChangeReader(rows.database, TestRows.CLOCK);

  @AfterEach
  void close() {
    rows.close();
  }

  private BatchRowsBuilder fenced() {
    return rows.batch(10)
        .price(2)
        .cursor(7)
        .succeeded(0, 1, 2)
        .failed(1, 1, 3)
        .succeeded(2, 1, 7)
        .failed(3, 4, 7)
        .cancelled(4, 4, 8, "interrupted")
        .cancelled(5, 4, 8, "abandoned")
        .fenced(6);
  }

  @Test
  void a_settlement_counts_what_was_running_at_the_fence_and_nothing_else() {
    UUID id = fenced().claimed(4, 6).save();

    Settlement settlement = settlements.find(rows.account, id).orElseThrow();

    assertThat(settlement.settled()).isFalse();
    assertThat(settlement.settledAt()).isNull();
    assertThat(settlement.dueAt()).isEqualTo(TestRows.at(36));
    assertThat(settlement.outcomes()).isEqualTo(new Settlement.Outcomes(1, 1, 1, 2, 1, 1));
    assertThat(settlement.credits()).isEqualTo(new Credits(2, 2, 2, 6));
    assertThat(settlement.items())
        .first()
        .isEqualTo(new Settlement.SettledItem(2, ItemState.SUCCEEDED, TestRows.at(7)));
    assertThat(settlement.items())
        .extracting(Settlement.SettledItem::ordinal)
        .containsExactly(2, 3, 4, 5);
  }

  @Test
  void a_settlement_ends_with_the_last_running_item() {
    UUID id = fenced().cancelled(6, 4, 9, "node-lost").save();

    Settlement settlement = settlements.find(rows.account, id).orElseThrow();

    assertThat(settlement.settled()).isTrue();
    assertThat(settlement.settledAt()).isEqualTo(TestRows.at(9));
    assertThat(settlement.outcomes()).isEqualTo(new Settlement.Outcomes(0, 1, 1, 3, 1, 1));
  }

  @Test
  void when_nothing_ran_the_fence_itself_settled() {
    UUID id = rows.batch(3).fenced(4).save();

    Settlement settlement = settlements.find(rows.account, id).orElseThrow();

    assertThat(settlement.settledAt()).isEqualTo(TestRows.at(4));
    assertThat(settlement.items()).isEmpty();
  }

  @Test
  void without_a_cancel_there_is_no_settlement_and_no_receipt() {
    UUID id = rows.batch(3).save();

    assertThat(settlements.find(rows.account, id)).isEmpty();
    assertThat(new ReceiptReader(rows.database).find(rows.account, id)).isEmpty();
  }

  @Test
  void a_receipt_outlives_its_batch_and_stays_within_its_account() {
    UUID id = rows.batch(3).fenced(4).save();
    ReceiptReader receipts = new ReceiptReader(rows.database);
    String before = receipts.find(rows.account, id).orElseThrow();

    rows.tamper("delete from batch where id = '%s'".formatted(id));

    assertThat(before).startsWith("{\"batch_id\":\"" + id + "\"");
    assertThat(receipts.find(rows.account, id)).contains(before);
    assertThat(receipts.find(rows.account("other"), id)).isEmpty();
  }

  @Test
  void changes_contain_only_what_is_new() {
    UUID id = fenced().claimed(4, 6).save();

    BatchChangeReader.BatchChanges all = events.since(rows.account, id, 0).orElseThrow();
    BatchChangeReader.BatchChanges late = events.since(rows.account, id, 6).orElseThrow();
    BatchChangeReader.BatchChanges nothing =
        events.since(rows.account, id, all.epoch()).orElseThrow();

    assertThat(all.failures())
        .extracting(f -> f.position().toString())
        .containsExactly("3.1", "7.3");
    assertThat(all.receipt()).contains("\"epoch\":6");
    assertThat(all.moreFailures()).isFalse();
    assertThat(late.failures()).extracting(f -> f.position().toString()).containsExactly("7.3");
    assertThat(late.receipt()).isNull();
    assertThat(nothing.failures()).isEmpty();
    assertThat(nothing.batch().counts()).isEqualTo(all.batch().counts());
  }

  @Test
  void a_node_shows_how_many_items_it_runs() {
    rows.batch(5).cursor(3).claimed(1, 0, 1).claimed(2, 2).save();

    assertThat(new NodeReader(rows.database).list())
        .singleElement()
        .satisfies(node -> {
          assertThat(node.name()).isEqualTo("node-a");
          assertThat(node.slots()).isEqualTo(8);
          assertThat(node.busy()).isEqualTo(3);
          assertThat(node.processors()).containsExactly("scrape");
        });
  }
}
