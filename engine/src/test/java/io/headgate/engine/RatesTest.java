package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.view.BatchProgress;
import io.headgate.view.Batches;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reported rate of a batch after an idle time. */
class RatesTest {

  private static final AttemptResult FAILURE =
      new AttemptResult.AttemptFailed("boom", "it went wrong", false, Optional.empty());

  private final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_pause_does_not_slow_what_comes_after_it() {
    UUID batch = fixture.submit(10);
    runIn(Duration.ofSeconds(4), 4, EngineFixture.SUCCESS);
    fixture.engine.recordRates();
    fixture.engine.pause(fixture.caller, batch);
    fixture.advance(Duration.ofHours(1));
    fixture.engine.resume(fixture.caller, batch);
    runIn(Duration.ofSeconds(10), 2, EngineFixture.SUCCESS);

    assertThat(progress(batch).itemsPerSecond()).isEqualTo(0.2);
    assertThat(progress(batch).eta()).isEqualTo(fixture.now().plusSeconds(20));
  }

  @Test
  void a_retry_is_measured_from_its_own_start() {
    UUID batch = fixture.submit(4);
    runIn(Duration.ofSeconds(4), 4, FAILURE);
    fixture.advance(Duration.ofHours(1));
    fixture.engine.retry(fixture.caller, batch);
    runIn(Duration.ofSeconds(10), 2, EngineFixture.SUCCESS);

    assertThat(progress(batch).itemsPerSecond()).isEqualTo(0.2);
  }

  @Test
  void only_the_last_minute_of_running_batches_is_kept() {
    UUID batch = fixture.submit(10);
    fixture.submit(1);
    fixture.claim(1);
    for (int i = 0; i < 30; i++) {
      fixture.engine.recordRates();
      fixture.engine.recordRates();
      fixture.advance(Duration.ofSeconds(5));
    }

    assertThat(fixture.one("select count(*) from batch_rate where batch_id = :batch", batch))
        .isBetween(12L, 13L);
    assertThat(fixture.one("select count(*) from batch_rate where batch_id <> :batch", batch))
        .isZero();
  }

  private void runIn(Duration time, int items, AttemptResult ending) {
    List<StartedAttempt> claims = fixture.claim(items);
    fixture.advance(time);
    fixture.settle(claims, ending);
  }

  private BatchProgress progress(UUID batch) {
    return new Batches(fixture.database, fixture.clock)
        .find(fixture.caller.account(), batch)
        .orElseThrow()
        .progress();
  }
}
