package io.headgate.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Batches of which a node claims nothing for a while, because its last claim failed. */
final class Quarantine {

  private static final Duration LENGTH = Duration.ofMinutes(1);

  private final Map<UUID, Instant> until = new HashMap<>();

  void add(UUID batch, Instant now) {
    until.put(batch, now.plus(LENGTH));
  }

  Set<UUID> at(Instant now) {
    until.values().removeIf(end -> !end.isAfter(now));
    return Set.copyOf(until.keySet());
  }
}
