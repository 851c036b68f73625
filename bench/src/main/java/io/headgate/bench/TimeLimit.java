package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends the process and its databases when a run takes too long. */
final class TimeLimit {

  private TimeLimit() {}

  static void start(Duration longest, int exit) {
    CompletableFuture.delayedExecutor(
            longest.toMinutes(), TimeUnit.MINUTES, Thread.ofPlatform().name("bench-limit")::start)
        .execute(() -> {
          System.err.println(
              "stopped: the run took longer than " + longest.toMinutes() + " minutes");
          System.exit(exit);
        });
  }
}
