package io.headgate.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a run.
 *
 * @param items of the large batches
 * @param quick few rounds and small competitors, to check that everything works; not for figures
 * @param folder where databases are made; must be on a real disk for fsync to mean anything
 * @param duration how long the measures of a steady load take; null for their own
 * @param launcher the {@code headgate} script, for comparisons that need a real process
 */
record Settings(int items, boolean quick, Path folder, @Nullable Duration duration, Path launcher) {

  Settings {
    if (items < 1_000 || items > 10_000_000) {
      throw new IllegalArgumentException("--items must be between 1000 and 10000000; got " + items);
    }
  }

  /** How long a measure takes whose own duration is {@code whole}, or {@code brief} when quick. */
  Duration duration(Duration whole, Duration brief) {
    if (duration != null) {
      return duration;
    }
    return quick ? brief : whole;
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
