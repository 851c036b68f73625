package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapMonitorTest {

  /** A heap of 100 bytes: what is live, and the garbage on top that a collection removes. */
  private static final class PlayedHeap implements HeapMonitor.Heap {

    private long max = 100;
    private long live;
    private long garbage;
    private int collections;

    @Override
    public long used() {
      return live + garbage;
    }

    @Override
    public long max() {
      return max;
    }

    @Override
    public void collect() {
      collections++;
      garbage = 0;
    }
  }

  private final PlayedHeap heap = new PlayedHeap();
  private final List<String> failures = new ArrayList<>();
  private final NodeHealth health = new NodeHealth((part, cause) -> failures.add(part));
  private final HeapMonitor monitor = new HeapMonitor(heap, health);

  private void sample(int times) {
    for (int i = 0; i < times; i++) {
      monitor.runOnce();
    }
  }

  @Test
  void a_heap_that_collections_leave_full_makes_the_node_fail_once() {
    heap.live = 95;
    sample(5);
    assertThat(health.failed()).isFalse();
    sample(10);
    assertThat(health.failed()).isTrue();
    assertThat(health.failedPart()).contains("heap");
    assertThat(failures).containsExactly("heap");
  }

  @Test
  void garbage_is_not_a_full_heap() {
    heap.live = 60;
    for (int i = 0; i < 50; i++) {
      heap.garbage = 39;
      sample(1);
    }
    assertThat(health.failed()).isFalse();
    assertThat(heap.collections).isBetween(1, 20);
  }

  @Test
  void a_heap_that_is_full_for_a_moment_is_survived() {
    for (int i = 0; i < 20; i++) {
      heap.live = 99;
      sample(5);
      heap.live = 50;
      sample(1);
    }
    assertThat(health.failed()).isFalse();
  }

  @Test
  void below_the_threshold_nothing_is_collected() {
    heap.live = 94;
    sample(100);
    assertThat(heap.collections).isZero();
  }

  @Test
  void a_heap_without_a_known_limit_is_never_full() {
    heap.max = -1;
    heap.live = 1_000;
    sample(100);
    assertThat(health.failed()).isFalse();
  }
}
