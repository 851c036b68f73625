package io.headgate.intake;

import java.util.BitSet;

/**
 * A Bloom filter of refs with one hash function and at most 4 MB. A negative result is certain; a
 * positive result must be checked in the database. The rate of false positives is 1 in 30 with a
 * million refs and 1 in 4 with ten million.
 */
final class RefBloomFilter {

  private static final int BITS = 1 << 25;

  private final BitSet bits = new BitSet();

  void add(String ref) {
    bits.set(bitOf(ref));
  }

  /** Returns false only for refs that were not added. */
  boolean mightContain(String ref) {
    return bits.get(bitOf(ref));
  }

  private static int bitOf(String ref) {
    // Spreads the hash codes of similar strings, which are close to each other.
    long spread = ref.hashCode() * 0x9E3779B97F4A7C15L;
    return (int) (spread >>> 32) & (BITS - 1);
  }
}
