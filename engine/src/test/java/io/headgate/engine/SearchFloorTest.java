package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.db.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SearchFloorTest {

  private final Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final UUID old = Partitions.smallestId(now.minus(Duration.ofDays(1)));
  private final SearchFloor floor = new SearchFloor();

  @Test
  void cheap_searches_always_start_at_the_first_batch() {
    floor.searchedAll(now, Duration.ofMillis(2), Optional.of(old));
    assertThat(floor.at(now)).isEqualTo(Ids.NIL);
  }

  @Test
  void after_a_slow_search_the_next_ones_start_at_the_oldest_batch_it_found() {
    floor.searchedAll(now, Duration.ofMillis(100), Optional.of(old));
    assertThat(floor.at(now.plusMillis(999))).isEqualTo(old);
    assertThat(floor.at(now.plusMillis(1_000))).isEqualTo(Ids.NIL);
  }

  @Test
  void submits_of_the_last_minute_are_found_whatever_the_last_search_found() {
    UUID recent = Partitions.smallestId(now.minus(Duration.ofMinutes(1)));
    floor.searchedAll(now, Duration.ofMillis(100), Optional.empty());
    assertThat(floor.at(now)).isEqualTo(recent);
    floor.searchedAll(now, Duration.ofMillis(100), Optional.of(Partitions.smallestId(now)));
    assertThat(floor.at(now)).isEqualTo(recent);
  }
}
