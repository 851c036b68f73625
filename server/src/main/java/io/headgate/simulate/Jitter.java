package io.headgate.simulate;

import java.util.random.RandomGenerator;

/**
 * The engine's chance, the same for everything within one step: in which order PostgreSQL hands out
 * rows then decides nothing.
 */
final class Jitter implements RandomGenerator {

  private long value;

  void set(long value) {
    this.value = value;
  }

  @Override
  public long nextLong() {
    return value;
  }

  @Override
  public long nextLong(long bound) {
    return Math.floorMod(value, bound);
  }
}
