package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits on the number of items that run at the same time. */
class ConcurrencyLimitTest {

  private final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_batch_runs_no_more_items_at_once_than_it_allows() {
    UUID batch =
        fixture.submit(
            fixture.caller, 10, fixture.with(limits -> EngineFixture.concurrency(limits, 3)));
    List<StartedAttempt> first = fixture.claim(10);
    assertThat(first).hasSize(3);
    assertThat(fixture.claim(10)).isEmpty();
    assertThat(
            fixture
                .exchanger
                .exchange(fixture.settlements(first.subList(0, 1), SUCCESS), demand(10))
                .claims())
        .hasSize(1);
    assertThat(fixture.batch(batch).counts().running()).isEqualTo(3);
  }

  @Test
  void an_account_runs_no_more_items_at_once_than_it_may() {
    fixture.database.useTransaction(
        tx -> tx.update("update account set running_limit = 5").execute());
    fixture.submit(10);
    fixture.submit(10);
    List<StartedAttempt> first = fixture.claim(100);
    assertThat(first).hasSize(5);
    assertThat(fixture.claim(100)).isEmpty();
    assertThat(
            fixture
                .exchanger
                .exchange(fixture.settlements(first.subList(0, 2), SUCCESS), demand(100))
                .claims())
        .hasSize(2);
  }
}
