package io.headgate.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.ItemState;
import io.headgate.db.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ItemsTest {

  private final TestRows rows = TestRows.in(TestPostgres.database());
  private final LiveProgress progress =
      (batch, ordinal) -> Optional.of(new LiveProgress.ProgressReport(0.5, "half of " + ordinal));
  private final Items items = new Items(rows.database, TestRows.CLOCK, progress);

  @AfterEach
  void close() {
    rows.close();
  }

  /** Items 0, 1 succeeded, 2 failed, 3 deferred, 4 running, 5 to 8 never claimed, 9 cancelled. */
  private BatchRowsBuilder mixed() {
    return rows.batch(10).partlyRun().claimed(4, 4).cancelledBeforeItRan(9, 5).ahead(9);
  }

  @Test
  void items_are_found_by_every_state() {
    UUID id = mixed().save();

    assertThat(ordinals(id, ItemState.PENDING)).containsExactly(3, 5, 6, 7, 8);
    assertThat(ordinals(id, ItemState.RUNNING)).containsExactly(4);
    assertThat(ordinals(id, ItemState.SUCCEEDED)).containsExactly(0, 1);
    assertThat(ordinals(id, ItemState.FAILED)).containsExactly(2);
    assertThat(ordinals(id, ItemState.CANCELLED)).containsExactly(9);
    assertThat(ordinals(id, null)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void after_a_fence_nothing_is_pending_and_what_waited_is_cancelled() {
    UUID id = mixed().fenced(6).save();

    assertThat(ordinals(id, ItemState.PENDING)).isEmpty();
    assertThat(ordinals(id, ItemState.RUNNING)).containsExactly(4);
    assertThat(ordinals(id, ItemState.CANCELLED)).containsExactly(3, 5, 6, 7, 8, 9);
    assertThat(errors(id, "cancelled")).containsExactly(3, 5, 6, 7, 8, 9);
    assertThat(errors(id, "not-found")).containsExactly(2);

    ItemView stopped = items.find(rows.account, id, 7).orElseThrow();
    assertThat(stopped.error()).isEqualTo(ItemError.STOPPED);
    assertThat(stopped.run().startedAt()).isNull();
    assertThat(stopped.run().finishedAt()).isEqualTo(TestRows.at(6));
  }

  @Test
  void the_state_of_an_item_is_the_same_alone_and_in_a_list() {
    for (UUID id : List.of(mixed().save(), mixed().fenced(6).save())) {
      for (ItemView listed : list(id, ItemFilter.ALL)) {
        assertThat(items.find(rows.account, id, listed.ordinal())).contains(listed);
        assertThat(ordinals(id, listed.state())).contains(listed.ordinal());
      }
    }
  }

  @Test
  void an_item_shows_all_its_attempts() {
    UUID id = mixed().save();

    ItemView item = items.find(rows.account, id, 0).orElseThrow();

    assertThat(item.ref()).isEqualTo("ref-0");
    assertThat(item.data()).isEqualTo(new ItemView.ItemData("{\"n\":0}", "{\"ok\":true}"));
    assertThat(item.run().credits()).isEqualTo(3);
    assertThat(item.run().startedAt()).isEqualTo(TestRows.at(1));
    assertThat(item.run().finishedAt()).isEqualTo(TestRows.at(4));
    assertThat(item.run().attempts())
        .containsExactly(
            new ItemView.AttemptView(
                1,
                "node-a",
                TestRows.at(1),
                TestRows.at(2),
                ItemState.FAILED,
                new ItemError("connect-failed", "it did not work")),
            new ItemView.AttemptView(
                2, "node-a", TestRows.at(3), TestRows.at(4), ItemState.SUCCEEDED, null));
  }

  @Test
  void a_running_item_shows_its_attempt_and_progress() {
    UUID id = mixed().save();

    ItemView item = items.find(rows.account, id, 4).orElseThrow();

    assertThat(item.state()).isEqualTo(ItemState.RUNNING);
    assertThat(item.run().progress()).isEqualTo(new LiveProgress.ProgressReport(0.5, "half of 4"));
    assertThat(item.run().attempts())
        .containsExactly(new ItemView.AttemptView(1, "node-a", TestRows.at(4), null, null, null));
  }

  @Test
  void an_item_cancelled_before_it_ran_has_no_attempts() {
    UUID id = mixed().save();

    ItemView item = items.find(rows.account, id, 9).orElseThrow();

    assertThat(item.state()).isEqualTo(ItemState.CANCELLED);
    assertThat(item.run().attempts()).isEmpty();
    assertThat(item.run().startedAt()).isNull();
  }

  @Test
  void a_retried_item_is_pending_again_and_then_has_only_its_new_result() {
    UUID id = rows.batch(3).partlyRetried().save();

    assertThat(ordinals(id, ItemState.PENDING)).containsExactly(0);
    assertThat(ordinals(id, ItemState.RUNNING)).containsExactly(2);
    assertThat(ordinals(id, ItemState.SUCCEEDED)).containsExactly(1);
    assertThat(ordinals(id, ItemState.FAILED)).isEmpty();
    assertThat(items.find(rows.account, id, 0).orElseThrow().error()).isNull();
  }

  @Test
  void a_retried_item_that_waited_at_the_fence_was_stopped_not_failed() {
    UUID id =
        rows.batch(2)
            .cursor(2)
            .retried()
            .failed(0, 1, 2)
            .deferred(0, 2)
            .failed(1, 1, 2)
            .fenced(5)
            .save();

    assertThat(ordinals(id, ItemState.CANCELLED)).containsExactly(0);
    assertThat(ordinals(id, ItemState.FAILED)).containsExactly(1);
  }

  @Test
  void pages_go_on_after_the_last_ordinal() {
    UUID id = mixed().save();

    ListPage<ItemView> first = page(id, ItemState.PENDING, -1);
    ListPage<ItemView> second = page(id, ItemState.PENDING, 6);

    assertThat(first.data()).extracting(ItemView::ordinal).containsExactly(3, 5, 6);
    assertThat(first.hasMore()).isTrue();
    assertThat(second.data()).extracting(ItemView::ordinal).containsExactly(7, 8);
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void a_page_of_large_items_ends_early_and_says_so() {
    UUID id = rows.batch(3).save();
    rows.tamper("update item set input = '\"' || repeat('x', 5000000) || '\"'");

    ListPage<ItemView> page = items.list(rows.account, id, ItemFilter.ALL, -1, 10).orElseThrow();

    assertThat(page.data()).extracting(ItemView::ordinal).containsExactly(0);
    assertThat(page.hasMore()).isTrue();
  }

  @Test
  void a_ref_names_one_item_whose_state_must_match_too() {
    UUID id = mixed().save();

    assertThat(list(id, new ItemFilter(null, "ref-6", null)))
        .extracting(ItemView::ordinal)
        .containsExactly(6);
    assertThat(list(id, new ItemFilter(ItemState.FAILED, "ref-6", null))).isEmpty();
    assertThat(list(id, new ItemFilter(null, "unknown", null))).isEmpty();
  }

  @Test
  void related_items_refer_to_each_other() {
    UUID id = rows.batch(3).save();
    rows.tamper("insert into item_relation values ('%s', 1, 0), ('%s', 2, 0)".formatted(id, id));

    assertThat(items.find(rows.account, id, 0).orElseThrow().relatedItems())
        .isEqualTo(new ItemView.RelatedItems(null, List.of(1, 2)));
    assertThat(items.find(rows.account, id, 2).orElseThrow().relatedItems())
        .isEqualTo(new ItemView.RelatedItems(0, List.of()));
  }

  @Test
  void items_of_another_account_are_unknown() {
    UUID id = mixed().save();
    UUID other = rows.account("other");

    assertThat(items.find(other, id, 0)).isEmpty();
    assertThat(items.list(other, id, ItemFilter.ALL, -1, 10)).isEmpty();
    assertThat(items.find(rows.account, id, 10)).isEmpty();
    assertThat(items.find(rows.account, id, -1)).isEmpty();
  }

  private List<Integer> ordinals(UUID id, @Nullable ItemState state) {
    return new ArrayList<>(
        list(id, new ItemFilter(state, null, null)).stream().map(ItemView::ordinal).toList());
  }

  private List<Integer> errors(UUID id, String code) {
    return list(id, new ItemFilter(null, null, code)).stream().map(ItemView::ordinal).toList();
  }

  private List<ItemView> list(UUID id, ItemFilter filter) {
    return items.list(rows.account, id, filter, -1, 100).orElseThrow().data();
  }

  private ListPage<ItemView> page(UUID id, ItemState state, int after) {
    return items.list(rows.account, id, new ItemFilter(state, null, null), after, 3).orElseThrow();
  }
}
