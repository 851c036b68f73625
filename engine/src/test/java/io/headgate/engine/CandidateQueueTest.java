package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class CandidateQueueTest {

  private final CandidateQueue queue = new CandidateQueue();
  private final UUID a = new UUID(0, 1);
  private final UUID b = new UUID(0, 2);
  private final UUID c = new UUID(0, 3);

  @Test
  void only_as_many_batches_are_served_as_fill_the_slots() {
    queue.add(a, 0, 100);
    queue.add(b, 0, 100);
    queue.add(c, 0, 100);

    assertThat(queue.next(150)).containsExactly(a, b);
    assertThat(queue.next(1)).containsExactly(a);
    assertThat(queue.covers(300)).isTrue();
    assertThat(queue.covers(301)).isFalse();
  }

  @Test
  void a_large_batch_does_not_keep_the_others_waiting() {
    queue.add(a, 0, 1_000_000);
    queue.add(b, 0, 10);

    assertThat(queue.next(200)).containsExactly(a, b);
    queue.served(a, 50);
    assertThat(queue.next(5)).containsExactly(b);
    queue.served(b, 5);
    assertThat(queue.next(5)).containsExactly(a);
  }

  @Test
  void a_batch_of_which_nothing_is_left_or_nothing_can_be_claimed_leaves_the_queue() {
    queue.add(a, 0, 10);
    queue.add(b, 0, 10);

    queue.served(a, 10);
    queue.served(b, 0);

    assertThat(queue.next(100)).isEmpty();
  }

  @Test
  void a_lower_priority_comes_only_when_the_higher_one_does_not_fill_the_slots() {
    queue.add(a, 5, 50);
    queue.add(b, 5, 50);
    queue.add(c, 0, 50);

    assertThat(queue.next(60)).containsExactly(a, b);
    assertThat(queue.served(a, 30)).as("of the highest priority").isTrue();
    assertThat(queue.next(60)).containsExactly(b, a);
    assertThat(queue.next(120)).containsExactly(b, a, c);
    assertThat(queue.served(c, 10)).as("of the highest priority").isFalse();
  }
}
