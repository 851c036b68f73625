package io.headgate.simulate;

import java.util.random.RandomGenerator;

/**
 * The engine's source of randomness. It returns the same value throughout a step, so the order in
 * which PostgreSQL returns rows has no effect.
 */
final class StepRandom implements RandomGenerator {

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
