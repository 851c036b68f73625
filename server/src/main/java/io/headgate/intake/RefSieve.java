package io.headgate.intake;

import java.util.BitSet;

/**
 * Remembers refs in a fixed space: it may take a new one for a known one, never a known one for
 * new. Of a million refs it sends one in thirty to the database for a certain answer, of ten
 * million one in four.
 */
final class RefSieve {

  private static final int BITS = 1 << 25;

  private final BitSet bits = new BitSet();

  void add(String ref) {
    bits.set(bit(ref));
  }

  boolean maybeHas(String ref) {
    return bits.get(bit(ref));
  }

  private static int bit(String ref) {
    // Spreads the hashes of similar strings, which are close to each other.
    long spread = ref.hashCode() * 0x9E3779B97F4A7C15L;
    return (int) (spread >>> 32) & (BITS - 1);
  }
}
