package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.batch.AttemptResult;
import io.headgate.engine.EngineFixture;
import io.headgate.engine.StartedAttempt;
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
  void artifacts_are_visible_and_readable_once_their_attempt_has_succeeded() throws Exception {
    StartedAttempt claim = running();
    put(claim, "page.txt", "hello");
    put(claim, "empty", "");
    assertThat(visible(claim)).isEmpty();
    fixture.settle(List.of(claim), EngineFixture.SUCCESS);
    sweep();
    assertThat(names(claim)).containsExactly("empty", "page.txt");
    assertThat(read(visible(claim).getLast(), 0, 5)).isEqualTo("hello");
    assertThat(read(visible(claim).getLast(), 1, 3)).isEqualTo("ell");
    assertThat(read(visible(claim).getFirst(), 0, 0)).isEmpty();
    assertThat(visible(claim).getLast().sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(storedFiles()).hasSize(2);
  }

  @Test
  void artifacts_of_a_failed_attempt_are_swept_and_their_names_are_free_for_the_next()
      throws Exception {
    StartedAttempt first = running();
    put(first, "page.txt", "first");
    fixture.settle(List.of(first), EngineFixture.failure());
    fixture.advance(java.time.Duration.ofMinutes(1));
    StartedAttempt second = fixture.claim(1).getFirst();
    put(second, "page.txt", "second");
    fixture.settle(List.of(second), EngineFixture.SUCCESS);
    assertThat(storedFiles()).hasSize(2);
    sweep();
    assertThat(storedFiles()).hasSize(1);
    assertThat(read(visible(second).getFirst(), 0, 6)).isEqualTo("second");
  }

  @Test
  void an_artifact_of_an_attempt_that_was_handed_back_is_never_visible() throws Exception {
    StartedAttempt first = running();
    put(first, "early", "x");
    fixture.settle(List.of(first), new AttemptResult.HandedBack());
    StartedAttempt second = fixture.claim(1).getFirst();
    assertThat(second.attempt()).isEqualTo(first.attempt());
    fixture.settle(List.of(second), EngineFixture.SUCCESS);
    assertThat(visible(second)).isEmpty();
    sweep();
    assertThat(storedFiles()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void an_artifact_of_a_late_attempt_is_never_visible() throws Exception {
    StartedAttempt late = running();
    put(late, "before", "x");
    rescueItems();
    assertThatThrownBy(() -> put(late, "after", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has ended");
    StartedAttempt again = claimAgain();
    put(again, "right", "x");
    settleOnOther(again, EngineFixture.SUCCESS);
    assertThat(names(again)).containsExactly("right");
    sweep();
    assertThat(names(again)).containsExactly("right");
    assertThat(storedFiles()).hasSize(1);
  }

  @Test
  void an_artifact_of_an_abandoned_attempt_is_swept() throws Exception {
    StartedAttempt claim = running();
    put(claim, "page.txt", "x");
    fixture.settle(List.of(claim), new AttemptResult.Abandoned());
    sweep();
    assertThat(visible(claim)).isEmpty();
    assertThat(storedFiles()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_crash_between_row_blob_and_mark_leaves_no_orphan_after_a_sweep(
      ProcessDeath.DeathPoint when) throws Exception {
    StartedAttempt claim = running();
    BlobStore dyingStore = ProcessDeath.during(store(), when, this::leavePartialFile);
    assertThatThrownBy(() -> put(dyingStore, claim, "page.txt", "x"))
        .isInstanceOf(ProcessDeath.class);
    sweep();
    assertThat(rows()).as("it may still be written").isEqualTo(1);
    rescueItems();
    sweep();
    assertThat(storedFiles()).isEmpty();
    fixture.advance(ArtifactSweeper.WRITER_GRACE);
    sweep();
    assertThat(rows()).isZero();
  }

  @Test
  void a_crash_between_mark_and_settlement_leaves_no_orphan_after_a_sweep() throws Exception {
    StartedAttempt claim = running();
    put(claim, "page.txt", "x");
    sweep();
    assertThat(storedFiles()).hasSize(1);
    rescueItems();
    sweep();
    assertThat(storedFiles()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void an_attempt_that_succeeded_although_a_file_was_half_written_shows_the_others()
      throws Exception {
    StartedAttempt claim = running();
    BlobStore dyingStore =
        ProcessDeath.during(store(), ProcessDeath.DeathPoint.BEFORE_MARK, this::leavePartialFile);
    put(claim, "whole", "x");
    assertThatThrownBy(() -> put(dyingStore, claim, "half", "x")).isInstanceOf(ProcessDeath.class);
    fixture.settle(List.of(claim), EngineFixture.SUCCESS);
    assertThat(names(claim)).containsExactly("whole");
    sweep();
    assertThat(names(claim)).containsExactly("whole");
    assertThat(storedFiles()).hasSize(1);
  }

  @Test
  void a_writer_whose_attempt_was_swept_meanwhile_deletes_its_file() throws Exception {
    StartedAttempt claim = running();
    BlobStore slow = ProcessDeath.after(store(), this::rescueAndSweep, false);
    assertThatThrownBy(() -> put(slow, claim, "page.txt", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended while");
    assertThat(storedFiles()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void a_writer_that_continues_after_the_sweep_and_dies_leaves_no_orphan_for_longer_than_an_hour()
      throws Exception {
    StartedAttempt claim = running();
    BlobStore slow = ProcessDeath.after(store(), this::rescueAndSweep, true);
    assertThatThrownBy(() -> put(slow, claim, "page.txt", "x")).isInstanceOf(ProcessDeath.class);
    sweep();
    assertThat(storedFiles()).hasSize(1);
    fixture.advance(ArtifactSweeper.WRITER_GRACE);
    sweep();
    assertThat(storedFiles()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void a_file_that_is_too_large_one_too_many_or_a_duplicate_is_refused_and_leaves_nothing()
      throws Exception {
    StartedAttempt claim = running();
    put(claim, "page.txt", "x".repeat(1_000));
    assertRefused(claim, "large", "x".repeat(1_001), "has 1001 bytes, at most 1000");
    assertRefused(claim, "page.txt", "y", "already");
    for (int i = 1; i < LIMITS.perItem(); i++) {
      put(claim, "more" + i, "x");
    }
    assertRefused(claim, "another", "x", "at most 60 artifacts");
    assertThat(storedFiles()).hasSize(60);
  }

  private void assertRefused(StartedAttempt claim, String name, String text, String why) {
    assertThatThrownBy(() -> put(claim, name, text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_failed_write_leaves_nothing_and_may_be_repeated() throws Exception {
    StartedAttempt claim = running();
    BlobStore full =
        new ProcessDeath.FaultyBlobStore(store()) {
          @Override
          public void put(UUID id, Path file, long bytes) throws IOException {
            super.put(id, file, bytes);
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(() -> put(full, claim, "page.txt", "x")).hasMessageContaining("No space");
    assertThat(storedFiles()).isEmpty();
    assertThat(rows()).isZero();
    put(claim, "page.txt", "x");
    fixture.settle(List.of(claim), EngineFixture.SUCCESS);
    assertThat(names(claim)).containsExactly("page.txt");
  }
}
