package io.headgate.node;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;

/**
 * Makes the node fail when its heap stays full. A heap is full when a garbage collection leaves it
 * so; garbage that waits for a collection does not count. The monitor therefore only samples the
 * usage while memory is free, and requests a collection when several samples in a row were high: at
 * that point the next allocation would cause one anyway.
 */
final class HeapMonitor {

  /** The pause between samples. */
  static final Duration TICK = Duration.ofSeconds(1);

  /** Above this share of the largest heap, requests and loops fail more often than they succeed. */
  private static final double FULL = 0.95;

  /** High samples in a row before the monitor asks for a collection. */
  private static final int SAMPLES = 4;

  /** Collections in a row that left the heap full before the node fails. */
  private static final int COLLECTIONS = 3;

  /** The heap of this process; in tests, one that is played. */
  interface Heap {

    /** Used bytes, garbage included. */
    long used();

    /** The most bytes the heap may grow to; not positive when that is unknown. */
    long max();

    /** Collects garbage; returns when that is done. */
    void collect();
  }

  private final Heap heap;
  private final NodeHealth health;
  private int highSamples;
  private int fullCollections;

  HeapMonitor(Heap heap, NodeHealth health) {
    this.heap = heap;
    this.health = health;
  }

  boolean runOnce() {
    if (!high()) {
      highSamples = 0;
      fullCollections = 0;
      return false;
    }
    highSamples++;
    if (highSamples >= SAMPLES) {
      heap.collect();
      fullCollections = high() ? fullCollections + 1 : 0;
      highSamples = fullCollections > 0 ? SAMPLES : 0;
      if (fullCollections >= COLLECTIONS) {
        health.fail("heap", null);
      }
    }
    return false;
  }

  private boolean high() {
    long max = heap.max();
    return max > 0 && heap.used() >= FULL * max;
  }

  /** The heap that this process runs on. */
  static final class ProcessHeap implements Heap {

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

    @Override
    public long used() {
      return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public long max() {
      MemoryUsage usage = memory.getHeapMemoryUsage();
      return usage.getMax();
    }

    @Override
    public void collect() {
      memory.gc();
    }
  }
}
