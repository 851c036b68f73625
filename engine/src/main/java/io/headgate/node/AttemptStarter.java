package io.headgate.node;

import io.headgate.db.FailureLog;
import io.headgate.engine.StartedAttempt;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Loads claimed items and starts each on a virtual thread, while the next exchange runs. */
final class AttemptStarter {

  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private final LoadedItemStore store;
  private final Processors processors;
  private final Slots slots;
  private final InstantSource clock;
  private final AttemptFiles files;
  private final FailureLog failureLog =
      new FailureLog(LoggerFactory.getLogger(RunningAttempt.class));

  AttemptStarter(
      LoadedItemStore store,
      Processors processors,
      Slots slots,
      InstantSource clock,
      AttemptFiles files) {
    this.store = store;
    this.processors = processors;
    this.slots = slots;
    this.clock = clock;
    this.files = files;
  }

  /** Attempts that ended with an exception or error of their processor. */
  long failedAttempts() {
    return failureLog.count();
  }

  boolean runOnce() throws InterruptedException {
    List<StartedAttempt> claims = slots.awaitClaimed(LONGEST_WAIT);
    if (!claims.isEmpty()) {
      try {
        start(claims);
      } catch (RuntimeException | AssertionError e) {
        slots.notStarted(claims);
        throw e;
      }
    }
    return true;
  }

  private void start(List<StartedAttempt> claims) {
    List<RunningAttempt> attempts = new ArrayList<>(claims.size());
    for (LoadedItem work : store.load(claims)) {
      attempts.add(new RunningAttempt(work, processor(work), clock, files, slots, failureLog));
    }
    if (attempts.size() != claims.size()) {
      throw new IllegalStateException(
          "loaded " + attempts.size() + " of " + claims.size() + " claimed items");
    }
    if (slots.started(claims, attempts)) {
      attempts.forEach(AttemptStarter::start);
    }
  }

  private static void start(RunningAttempt attempt) {
    StartedAttempt claim = attempt.work.claim();
    Thread.ofVirtual().name("attempt-" + claim.token() + "-" + claim.ordinal()).start(attempt);
  }

  private Processor processor(LoadedItem work) {
    return processors
        .find(work.batch().processor())
        .orElseThrow(
            () -> new IllegalStateException("there is no processor " + work.batch().processor()));
  }
}
