package io.headgate.engine;

import io.headgate.batch.Ids;
import io.headgate.db.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * From which batch on a search for work starts. Normally from the first one. While some session
 * holds an old snapshot, PostgreSQL cannot remove the index entries of batches that have ended, and
 * each search passes all of them; it then takes longer and longer. When it does, most searches
 * start at the oldest batch that the last full search has found, and full searches take a tenth of
 * the time.
 */
final class SearchFloor {

  private static final Duration CHEAP = Duration.ofMillis(25);
  private static final int COSTS_BETWEEN_FULL_SEARCHES = 10;

  /** A submit may take some time between the making of its id and its commit. */
  private static final Duration SUBMIT = Duration.ofMinutes(1);

  private UUID floor = Ids.NIL;
  private Instant fullSearchDue = Instant.MIN;

  /** Where a search that begins now starts. */
  UUID at(Instant now) {
    return now.isBefore(fullSearchDue) ? floor : Ids.NIL;
  }

  /**
   * Notes a search from the first batch on.
   *
   * @param cost how long it took
   * @param oldest the oldest batch that it found
   */
  void searchedAll(Instant now, Duration cost, Optional<UUID> oldest) {
    UUID recent = Partitions.smallestId(now.minus(SUBMIT));
    floor =
        oldest.filter(found -> found.toString().compareTo(recent.toString()) < 0).orElse(recent);
    fullSearchDue =
        cost.compareTo(CHEAP) < 0
            ? Instant.MIN
            : now.plus(cost.multipliedBy(COSTS_BETWEEN_FULL_SEARCHES));
  }
}
