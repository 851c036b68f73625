package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ending;
import io.headgate.view.Batches;
import io.headgate.view.BatchProgress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How fast a batch is said to be, after it stood still. */
class RatesTest {

  private static final Ending FAILURE =
      new Ending.Failed("boom", "it went wrong", false, Optional.empty());

  private final EngineFixture house = new EngineFixture();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_pause_does_not_slow_what_comes_after_it() {
    UUID batch = house.submit(10);
    runIn(Duration.ofSeconds(4), 4, EngineFixture.SUCCESS);
    house.engine.noteRates();
    house.engine.pause(house.caller, batch);
    house.pass(Duration.ofHours(1));
    house.engine.resume(house.caller, batch);
    runIn(Duration.ofSeconds(10), 2, EngineFixture.SUCCESS);

    assertThat(progress(batch).itemsPerSecond()).isEqualTo(0.2);
    assertThat(progress(batch).eta()).isEqualTo(house.now().plusSeconds(20));
  }

  @Test
  void a_retry_is_measured_from_its_own_start() {
    UUID batch = house.submit(4);
    runIn(Duration.ofSeconds(4), 4, FAILURE);
    house.pass(Duration.ofHours(1));
    house.engine.retry(house.caller, batch);
    runIn(Duration.ofSeconds(10), 2, EngineFixture.SUCCESS);

    assertThat(progress(batch).itemsPerSecond()).isEqualTo(0.2);
  }

  @Test
  void only_the_last_minute_of_running_batches_is_kept() {
    UUID batch = house.submit(10);
    house.submit(1);
    house.claim(1);
    for (int i = 0; i < 30; i++) {
      house.engine.noteRates();
      house.engine.noteRates();
      house.pass(Duration.ofSeconds(5));
    }

    assertThat(house.one("select count(*) from batch_rate where batch_id = :batch", batch))
        .isBetween(12L, 13L);
    assertThat(house.one("select count(*) from batch_rate where batch_id <> :batch", batch))
        .isZero();
  }

  private void runIn(Duration time, int items, Ending ending) {
    List<Claimed> claims = house.claim(items);
    house.pass(time);
    house.settle(claims, ending);
  }

  private BatchProgress progress(UUID batch) {
    return new Batches(house.database, house.clock)
        .find(house.caller.account(), batch)
        .orElseThrow()
        .progress();
  }
}
