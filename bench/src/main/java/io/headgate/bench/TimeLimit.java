package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends the process even when a wait does not; the databases end with it. */
final class TimeLimit {

  private TimeLimit() {}

  static void start(Duration longest, int exit) {
    CompletableFuture.delayedExecutor(
            longest.toMinutes(), TimeUnit.MINUTES, Thread.ofPlatform().name("bench-limit")::start)
        .execute(() -> {
          System.err.println("gave up after " + longest.toMinutes() + " minutes");
          System.exit(exit);
        });
  }
}
