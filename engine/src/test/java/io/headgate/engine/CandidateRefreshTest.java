package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a busy node does between two looks for work. */
class CandidateRefreshTest {

  private final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void close() {
    fixture.database.close();
  }

  @Test
  void without_a_refresh_all_known_accounts_are_served_alike_and_a_new_batch_waits() {
    UUID mine = fixture.submit(100);
    Caller other = fixture.account("other", null);
    UUID theirs = fixture.submit(other, 100, fixture.with(limits -> limits));
    assertThat(claim(true)).extracting(StartedAttempt::batchId).contains(mine, theirs);
    UUID late = fixture.submit(100);

    assertThat(claim(false))
        .extracting(StartedAttempt::batchId)
        .contains(mine, theirs)
        .doesNotContain(late);
    assertThat(claim(true)).extracting(StartedAttempt::batchId).contains(late);
  }

  @Test
  void a_batch_cancelled_since_the_last_refresh_gets_nothing() {
    UUID batch = fixture.submit(100);
    assertThat(claim(true)).isNotEmpty();
    CancelOrder drain = new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "look");
    assertThat(fixture.engine.cancel(fixture.caller, batch, drain))
        .isInstanceOf(CancelResult.Fenced.class);

    assertThat(claim(false)).isEmpty();
  }

  private List<StartedAttempt> claim(boolean look) {
    return fixture.exchanger.exchange(List.of(), EngineFixture.demand(12), look).claims();
  }
}
