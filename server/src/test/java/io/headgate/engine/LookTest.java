package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a busy node does between two looks for work. */
class LookTest {

  private final EngineFixture house = new EngineFixture();

  @AfterEach
  void close() {
    house.database.close();
  }

  @Test
  void between_looks_all_accounts_found_last_are_served_alike_and_a_new_batch_waits() {
    UUID mine = house.submit(100);
    Caller other = house.account("other", null);
    UUID theirs = house.submit(other, 100, house.with(limits -> limits));
    assertThat(claim(true)).extracting(Claimed::batchId).contains(mine, theirs);
    UUID late = house.submit(100);

    assertThat(claim(false))
        .extracting(Claimed::batchId)
        .contains(mine, theirs)
        .doesNotContain(late);
    assertThat(claim(true)).extracting(Claimed::batchId).contains(late);
  }

  @Test
  void what_was_fenced_since_the_last_look_gets_nothing() {
    UUID batch = house.submit(100);
    assertThat(claim(true)).isNotEmpty();
    CancelOrder drain = new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "look");
    assertThat(house.engine.cancel(house.caller, batch, drain))
        .isInstanceOf(CancelResult.Fenced.class);

    assertThat(claim(false)).isEmpty();
  }

  private List<Claimed> claim(boolean look) {
    return house.exchanger.exchange(List.of(), EngineFixture.demand(12), look).claims();
  }
}
