package io.headgate.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.Credits;
import io.headgate.batch.Ids;
import io.headgate.db.TestPostgres;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private final TestRows rows = TestRows.in(TestPostgres.database());
  private final Batches batches = new Batches(rows.database, TestRows.CLOCK);

  @AfterEach
  void close() {
    rows.close();
  }

  @Test
  void counts_and_credits_of_a_running_batch_add_up() {
    UUID id =
        rows.batch(10)
            .price(2)
            .cursor(6)
            .succeeded(0, 1, 2)
            .succeeded(1, 1, 2)
            .failed(2, 1, 3)
            .failedAttempt(3, 1, 1, 3)
            .deferred(3, 2)
            .claimed(4, 4, 5)
            .cancelledBeforeItRan(9, 5)
            .ahead(9)
            .save();

    BatchView batch = batches.find(rows.account, id).orElseThrow();

    assertThat(batch.counts()).isEqualTo(new Counts(10, 4, 2, 2, 1, 1));
    assertThat(batch.credits()).isEqualTo(new Credits(2, 12, 4, 4));
    assertThat(batch.status().state()).isEqualTo(BatchState.RUNNING);
    assertThat(batch.progress().settled()).isEqualTo(4);
    assertThat(batch.progress().ratio()).isEqualTo(0.4);
    assertThat(batch.order().processor()).isEqualTo("scrape");
    assertThat(batch.order().retainSeconds()).isEqualTo(2_592_000);
  }

  @Test
  void a_moving_batch_has_an_eta_and_a_paused_one_has_none() {
    UUID moving =
        rows.batch(4).cursor(3).succeeded(0, 1, 2).succeeded(1, 1, 2).claimed(1, 2).save();
    UUID paused = rows.batch(4).cursor(2).succeeded(0, 1, 2).succeeded(1, 1, 2).paused().save();

    // Two items ended in 99 seconds, two are left.
    assertThat(batches.find(rows.account, moving).orElseThrow().progress().eta())
        .isEqualTo(TestRows.CLOCK.instant().plusSeconds(99));
    assertThat(batches.find(rows.account, paused).orElseThrow().progress().eta()).isNull();
  }

  @Test
  void the_rate_is_that_of_the_last_minute() {
    UUID id =
        rows.batch(8)
            .cursor(5)
            .succeeded(0, 1, 2)
            .succeeded(1, 1, 2)
            .succeeded(2, 1, 2)
            .succeeded(3, 1, 2)
            .claimed(1, 4)
            .save();
    addRate(id, 120, 0);
    addRate(id, 20, 2);
    addRate(id, 10, 3);

    BatchProgress progress = batches.find(rows.account, id).orElseThrow().progress();

    assertThat(progress.itemsPerSecond()).as("two items in 20 seconds").isEqualTo(0.1);
    assertThat(progress.eta()).isEqualTo(TestRows.CLOCK.instant().plusSeconds(40));
  }

  @Test
  void when_nothing_ended_lately_the_eta_goes_by_the_whole_run() {
    UUID id = rows.batch(4).cursor(3).succeeded(0, 1, 2).succeeded(1, 1, 2).claimed(1, 2).save();
    addRate(id, 50, 2);

    BatchProgress progress = batches.find(rows.account, id).orElseThrow().progress();

    assertThat(progress.itemsPerSecond()).isZero();
    assertThat(progress.eta()).isEqualTo(TestRows.CLOCK.instant().plusSeconds(99));
  }

  private void addRate(UUID batch, int secondsAgo, int settled) {
    rows.database.useTransaction(tx ->
        tx.update("insert into batch_rate (batch_id, at, settled) values (:batch, :at, :settled)")
            .bind("batch", batch)
            .bind("at", TestRows.CLOCK.instant().minusSeconds(secondsAgo))
            .bind("settled", settled)
            .execute());
  }

  @Test
  void a_batch_of_another_account_is_unknown() {
    UUID id = rows.batch(1).save();
    UUID other = rows.account("other");

    assertThat(batches.find(other, id)).isEmpty();
    assertThat(batches.find(rows.account, Ids.next())).isEmpty();
    assertThat(batches.list(other, BatchFilter.ALL, null, 10).data()).isEmpty();
  }

  @Test
  void retention_hides_finished_batches_but_never_an_unfinished_one() {
    UUID finished = rows.batch(1).cursor(1).succeeded(0, 1, 2).save();
    UUID live = rows.batch(1).save();
    Batches later =
        new Batches(rows.database, InstantSource.fixed(TestRows.START.plusSeconds(31L * 86_400)));

    assertThat(later.find(rows.account, finished)).isEmpty();
    assertThat(later.list(rows.account, BatchFilter.ALL, null, 10).data())
        .extracting(BatchView::id)
        .containsExactly(live);
  }

  @Test
  void pages_run_from_the_newest_to_the_oldest() {
    List<UUID> ids = List.of(rows.batch(1).save(), rows.batch(1).save(), rows.batch(1).save());

    ListPage<BatchView> first = batches.list(rows.account, BatchFilter.ALL, null, 2);
    UUID last = first.data().getLast().id();
    ListPage<BatchView> second = batches.list(rows.account, BatchFilter.ALL, last, 2);

    assertThat(first.data()).extracting(BatchView::id).containsExactly(ids.get(2), ids.get(1));
    assertThat(first.hasMore()).isTrue();
    assertThat(second.data()).extracting(BatchView::id).containsExactly(ids.get(0));
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void a_filter_must_hold_in_all_its_parts() {
    UUID waiting = rows.batch(1).processor("http").metadata("{\"team\":\"a\",\"n\":5}").save();
    UUID done = rows.batch(1).cursor(1).succeeded(0, 1, 2).metadata("{\"team\":\"a\"}").save();

    assertThat(list(Set.of(BatchState.PENDING), null, Map.of())).containsExactly(waiting);
    assertThat(list(Set.of(BatchState.COMPLETED), null, Map.of())).containsExactly(done);
    assertThat(list(Set.of(), "http", Map.of("team", "a"))).containsExactly(waiting);
    assertThat(list(Set.of(), null, Map.of("n", "5"))).containsExactly(waiting);
    assertThat(list(Set.of(), null, Map.of("team", "a"))).containsExactly(done, waiting);
    assertThat(list(Set.of(), "scrape", Map.of("team", "b"))).isEmpty();
  }

  @Test
  void created_after_and_before_exclude_their_own_moment() {
    UUID id = rows.batch(1).save();

    assertThat(created(null, TestRows.START)).isEmpty();
    assertThat(created(TestRows.START, null)).isEmpty();
    assertThat(created(TestRows.START.minusMillis(1), TestRows.START.plusMillis(1)))
        .containsExactly(id);
  }

  @Test
  void a_limit_outside_its_bounds_is_refused() {
    assertThatThrownBy(() -> batches.list(rows.account, BatchFilter.ALL, null, 0))
        .hasMessage("limit must be between 1 and 500; got 0");
    assertThatThrownBy(() -> batches.list(rows.account, BatchFilter.ALL, null, 501))
        .hasMessage("limit must be between 1 and 500; got 501");
  }

  private List<UUID> list(
      Set<BatchState> states, @Nullable String processor, Map<String, String> metadata) {
    return ids(new BatchFilter(states, processor, null, metadata, null, null));
  }

  private List<UUID> created(
      java.time.@Nullable Instant after, java.time.@Nullable Instant before) {
    return ids(new BatchFilter(Set.of(), null, null, Map.of(), after, before));
  }

  private List<UUID> ids(BatchFilter filter) {
    return batches.list(rows.account, filter, null, 10).data().stream().map(BatchView::id).toList();
  }
}
