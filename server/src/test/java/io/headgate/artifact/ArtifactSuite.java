package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.batch.Ending;
import io.headgate.engine.Claimed;
import io.headgate.engine.EngineFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which artifacts are stored and visible, and what crashes leave, for every kind of storage; each
 * kind has a subclass.
 */
abstract class ArtifactSuite extends SweepSuite {

  @Test
  void what_the_attempt_kept_is_seen_once_it_has_succeeded_and_is_read_back() throws Exception {
    Claimed claim = running();
    keep(claim, "page.txt", "hello");
    keep(claim, "empty", "");
    assertThat(seen(claim)).isEmpty();
    house.settle(List.of(claim), EngineFixture.SUCCESS);
    sweep();
    assertThat(names(claim)).containsExactly("empty", "page.txt");
    assertThat(read(seen(claim).getLast(), 0, 5)).isEqualTo("hello");
    assertThat(read(seen(claim).getLast(), 1, 3)).isEqualTo("ell");
    assertThat(read(seen(claim).getFirst(), 0, 0)).isEmpty();
    assertThat(seen(claim).getLast().sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(lying()).hasSize(2);
  }

  @Test
  void what_a_failed_attempt_kept_is_swept_and_its_name_is_free_for_the_next() throws Exception {
    Claimed first = running();
    keep(first, "page.txt", "first");
    house.settle(List.of(first), EngineFixture.failure());
    house.pass(java.time.Duration.ofMinutes(1));
    Claimed second = house.claim(1).getFirst();
    keep(second, "page.txt", "second");
    house.settle(List.of(second), EngineFixture.SUCCESS);
    assertThat(lying()).hasSize(2);
    sweep();
    assertThat(lying()).hasSize(1);
    assertThat(read(seen(second).getFirst(), 0, 6)).isEqualTo("second");
  }

  @Test
  void an_artifact_of_an_attempt_that_was_handed_back_is_never_seen() throws Exception {
    Claimed first = running();
    keep(first, "early", "x");
    house.settle(List.of(first), new Ending.HandedBack());
    Claimed second = house.claim(1).getFirst();
    assertThat(second.attempt()).isEqualTo(first.attempt());
    house.settle(List.of(second), EngineFixture.SUCCESS);
    assertThat(seen(second)).isEmpty();
    sweep();
    assertThat(lying()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void an_artifact_of_a_late_attempt_is_never_seen() throws Exception {
    Claimed late = running();
    keep(late, "before", "x");
    rescue();
    assertThatThrownBy(() -> keep(late, "after", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has ended");
    Claimed anew = claimedAnew();
    keep(anew, "right", "x");
    settleOnOther(anew, EngineFixture.SUCCESS);
    assertThat(names(anew)).containsExactly("right");
    sweep();
    assertThat(names(anew)).containsExactly("right");
    assertThat(lying()).hasSize(1);
  }

  @Test
  void an_artifact_of_an_abandoned_attempt_is_swept() throws Exception {
    Claimed claim = running();
    keep(claim, "page.txt", "x");
    house.settle(List.of(claim), new Ending.Abandoned());
    sweep();
    assertThat(seen(claim)).isEmpty();
    assertThat(lying()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_crash_between_row_blob_and_mark_leaves_no_orphan_after_a_sweep(Death.When when)
      throws Exception {
    Claimed claim = running();
    Shelf deadly = Death.on(shelf(), when, this::leaveHalf);
    assertThatThrownBy(() -> keep(deadly, claim, "page.txt", "x")).isInstanceOf(Death.class);
    sweep();
    assertThat(rows()).as("it may still be written").isEqualTo(1);
    rescue();
    sweep();
    assertThat(lying()).isEmpty();
    house.pass(Sweep.WRITERS_LAST);
    sweep();
    assertThat(rows()).isZero();
  }

  @Test
  void a_crash_between_mark_and_settlement_leaves_no_orphan_after_a_sweep() throws Exception {
    Claimed claim = running();
    keep(claim, "page.txt", "x");
    sweep();
    assertThat(lying()).hasSize(1);
    rescue();
    sweep();
    assertThat(lying()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void an_attempt_that_succeeded_although_a_file_was_half_written_shows_the_others()
      throws Exception {
    Claimed claim = running();
    Shelf deadly = Death.on(shelf(), Death.When.BEFORE_ITS_MARK, this::leaveHalf);
    keep(claim, "whole", "x");
    assertThatThrownBy(() -> keep(deadly, claim, "half", "x")).isInstanceOf(Death.class);
    house.settle(List.of(claim), EngineFixture.SUCCESS);
    assertThat(names(claim)).containsExactly("whole");
    sweep();
    assertThat(names(claim)).containsExactly("whole");
    assertThat(lying()).hasSize(1);
  }

  @Test
  void a_writer_whose_attempt_was_swept_meanwhile_takes_back_what_it_wrote() throws Exception {
    Claimed claim = running();
    Shelf slow = Death.after(shelf(), this::rescueAndSweep, false);
    assertThatThrownBy(() -> keep(slow, claim, "page.txt", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended while");
    assertThat(lying()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void a_writer_that_wakes_after_the_sweep_and_dies_leaves_no_orphan_for_longer_than_an_hour()
      throws Exception {
    Claimed claim = running();
    Shelf slow = Death.after(shelf(), this::rescueAndSweep, true);
    assertThatThrownBy(() -> keep(slow, claim, "page.txt", "x")).isInstanceOf(Death.class);
    sweep();
    assertThat(lying()).hasSize(1);
    house.pass(Sweep.WRITERS_LAST);
    sweep();
    assertThat(lying()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void what_is_too_large_one_too_many_or_there_already_is_refused_and_leaves_nothing()
      throws Exception {
    Claimed claim = running();
    keep(claim, "page.txt", "x".repeat(1_000));
    assertRefused(claim, "large", "x".repeat(1_001), "has 1001 bytes, at most 1000");
    assertRefused(claim, "page.txt", "y", "already");
    for (int i = 1; i < LIMITS.perItem(); i++) {
      keep(claim, "more" + i, "x");
    }
    assertRefused(claim, "another", "x", "at most 60 artifacts");
    assertThat(lying()).hasSize(60);
  }

  private void assertRefused(Claimed claim, String name, String text, String why) {
    assertThatThrownBy(() -> keep(claim, name, text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void what_the_store_does_not_take_leaves_nothing_and_may_be_tried_again() throws Exception {
    Claimed claim = running();
    Shelf full =
        new Death.Faulty(shelf()) {
          @Override
          public void put(UUID id, Path file, long bytes) throws IOException {
            super.put(id, file, bytes);
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(() -> keep(full, claim, "page.txt", "x")).hasMessageContaining("No space");
    assertThat(lying()).isEmpty();
    assertThat(rows()).isZero();
    keep(claim, "page.txt", "x");
    house.settle(List.of(claim), EngineFixture.SUCCESS);
    assertThat(names(claim)).containsExactly("page.txt");
  }
}
