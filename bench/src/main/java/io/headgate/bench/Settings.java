package io.headgate.bench;

import java.nio.file.Path;

/**
 * The settings of a run.
 *
 * @param items of the large batches
 * @param quick few rounds and small rivals: to see that all works, not for figures
 * @param folder where databases are made; must be on a real disk for fsync to mean anything
 * @param launcher the {@code headgate} script, for comparisons that need a real process
 */
record Settings(int items, boolean quick, Path folder, Path launcher) {

  Settings {
    if (items < 1_000 || items > 10_000_000) {
      throw new IllegalArgumentException("--items must be between 1000 and 10000000; got " + items);
    }
  }

  /** So many rounds, or few when quick. */
  int rounds(int many) {
    return quick ? Math.min(many, 2) : many;
  }

  /** Scales a size for a million items to {@link #items}; at least {@code least}. */
  int scaled(int atAMillion, int least) {
    return (int) Math.max(least, (long) atAMillion * items / 1_000_000);
  }
}
