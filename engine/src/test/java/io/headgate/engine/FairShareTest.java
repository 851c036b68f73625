package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.engine.FairShare.Capacity;
import io.headgate.engine.FairShare.SlotRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Processors that share something scarce have few places; see docs/decisions/0009. */
class FairShareTest {

  private static final UUID MINE = new UUID(0, 1);
  private static final UUID OTHERS = new UUID(0, 2);

  private final SlotRequest flood = new SlotRequest(MINE, new UUID(1, 1), "render", 0, 1_000);
  private final SlotRequest pages = new SlotRequest(MINE, new UUID(1, 2), "scrape", -1, 50);
  private final SlotRequest one = new SlotRequest(OTHERS, new UUID(2, 1), "render", 0, 1);

  @Test
  void no_more_items_of_a_processor_get_slots_than_it_has_capacity() {
    Capacity supply = new Capacity(256, Map.of("render", 4), Map.of());

    Map<UUID, Integer> shares = FairShare.split(supply, List.of(flood, pages));

    assertThat(shares).containsOnly(Map.entry(flood.batch(), 4), Map.entry(pages.batch(), 50));
    assertThat(FairShare.unmet(supply, List.of(flood, pages), shares)).isFalse();
  }

  @Test
  void accounts_take_turns_for_the_capacity_of_a_processor() {
    Capacity supply = new Capacity(256, Map.of("render", 2), Map.of());

    assertThat(FairShare.split(supply, List.of(flood, one)))
        .containsOnly(Map.entry(flood.batch(), 1), Map.entry(one.batch(), 1));
  }

  @Test
  void what_has_no_limit_gets_all_slots() {
    Capacity supply = new Capacity(256, Map.of(), Map.of());

    Map<UUID, Integer> shares = FairShare.split(supply, List.of(flood));

    assertThat(shares).containsOnly(Map.entry(flood.batch(), 256));
    assertThat(FairShare.unmet(supply, List.of(flood), shares)).isTrue();
  }
}
