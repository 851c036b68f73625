package io.headgate.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.ItemState;
import io.headgate.db.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private final TestRows rows = TestRows.in(TestPostgres.database());
  private final Results results = new Results(rows.database, TestRows.CLOCK);

  @AfterEach
  void close() {
    rows.close();
  }

  private BatchRowsBuilder mixed() {
    return rows.batch(8).partlyRun();
  }

  @Test
  void results_come_in_settle_order_and_attempts_that_were_not_the_last_are_left_out() {
    UUID id = mixed().claimed(4, 4).save();

    assertThat(positions(id, null, Position.START)).containsExactly("2.1", "3.2", "4.0");
    assertThat(positions(id, ItemState.SUCCEEDED, Position.START)).containsExactly("2.1", "4.0");
    assertThat(positions(id, null, new Position(3, 2))).containsExactly("4.0");
  }

  @Test
  void a_line_shows_its_attempts_and_times() {
    UUID id = mixed().claimed(4, 4).save();

    ResultLine line = lines(id, null, new Position(3, 2)).getFirst();

    assertThat(line)
        .isEqualTo(
            new ResultLine(
                new Position(4, 0),
                "ref-0",
                ItemState.SUCCEEDED,
                "{\"ok\":true}",
                null,
                3,
                new ResultLine.AttemptSummary(2, TestRows.at(1), TestRows.at(4)),
                java.util.List.of()));
  }

  @Test
  void items_that_a_fence_stopped_settled_at_its_epoch() {
    UUID id = mixed().cancelled(4, 4, 7, "interrupted").fenced(6).save();

    assertThat(positions(id, null, Position.START))
        .containsExactly("2.1", "3.2", "4.0", "6.3", "6.5", "6.6", "6.7", "7.4");
    assertThat(positions(id, ItemState.CANCELLED, Position.START))
        .containsExactly("6.3", "6.5", "6.6", "6.7", "7.4");
    assertThat(positions(id, ItemState.FAILED, Position.START)).containsExactly("3.2");

    ResultLine tried = lines(id, null, new Position(4, 0)).getFirst();
    assertThat(tried.attemptSummary())
        .isEqualTo(new ResultLine.AttemptSummary(1, TestRows.at(1), TestRows.at(6)));
    assertThat(tried.error()).isEqualTo(ItemError.STOPPED);
  }

  @Test
  void reading_goes_on_after_any_position_without_gap_or_repeat() {
    UUID id = mixed().cancelled(4, 4, 7, "interrupted").fenced(6).save();
    List<String> all = positions(id, null, Position.START);

    for (int i = 0; i < all.size(); i++) {
      Position after = Position.parse(all.get(i)).orElseThrow();
      assertThat(positions(id, null, after)).isEqualTo(all.subList(i + 1, all.size()));
    }
  }

  @Test
  void a_retried_items_old_result_is_left_out() {
    UUID id = rows.batch(3).partlyRetried().save();

    assertThat(positions(id, null, Position.START)).containsExactly("4.1");
  }

  @Test
  void a_chunk_says_whether_a_line_may_follow() {
    UUID running = mixed().claimed(4, 4).save();
    UUID ended = mixed().cancelled(4, 4, 7, "interrupted").fenced(6).save();
    UUID cancelling = mixed().claimed(4, 4).fenced(6).save();

    assertThat(chunk(running).ended()).isFalse();
    assertThat(chunk(cancelling).ended()).isFalse();
    assertThat(chunk(ended).ended()).isTrue();
  }

  @Test
  void results_of_any_number_come_in_chunks() {
    UUID id = rows.batch(2_500).fenced(1).save();

    assertThat(chunk(id).lines()).hasSize(1_000);
    assertThat(chunk(id).ended()).isFalse();
    assertThat(lines(id, null, Position.START))
        .extracting(ResultLine::ordinal)
        .hasSize(2_500)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void a_chunk_of_large_outputs_ends_early() {
    BatchRowsBuilder batch = rows.batch(9).cursor(9);
    for (int i = 0; i < 9; i++) {
      batch.succeeded(i, 1, 2);
    }
    UUID id = batch.save();
    rows.tamper("update result set output = '\"' || repeat('x', 1000000) || '\"'");

    assertThat(chunk(id).lines()).hasSize(5);
    assertThat(chunk(id).ended()).isFalse();
    assertThat(lines(id, null, Position.START)).hasSize(9);
  }

  @Test
  void results_of_another_account_are_unknown() {
    UUID id = mixed().claimed(4, 4).save();

    assertThat(results.after(rows.account("other"), id, null, Position.START)).isEmpty();
  }

  @Test
  void a_position_is_read_back_from_its_text() {
    assertThat(Position.parse("8123.7")).contains(new Position(8123, 7));
    assertThat(Position.parse("8123")).isEmpty();
    assertThat(Position.parse("-1.0")).isEmpty();
    assertThat(Position.parse("99999999999999999999.0")).isEmpty();
  }

  private Results.ResultSlice chunk(UUID id) {
    return results.after(rows.account, id, null, Position.START).orElseThrow();
  }

  private List<ResultLine> lines(UUID id, @Nullable ItemState state, Position after) {
    List<ResultLine> lines = new ArrayList<>();
    assertThat(results.each(rows.account, id, state, after, lines::add)).isTrue();
    return lines;
  }

  private List<String> positions(UUID id, @Nullable ItemState state, Position after) {
    return lines(id, state, after).stream().map(line -> line.position().toString()).toList();
  }
}
