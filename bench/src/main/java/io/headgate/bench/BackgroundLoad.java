package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps the engine draining at full speed: submits new batches before the previous ones end. */
final class BackgroundLoad implements AutoCloseable {

  private static final int BATCH = 200_000;

  private final BenchServer server;
  private final byte[] lines = Items.plain(BATCH);
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().name("bench-load").unstarted(this::run);
  private volatile boolean stopped;

  private BackgroundLoad(BenchServer server) {
    this.server = server;
  }

  /** Starts the load and returns when items run. */
  static BackgroundLoad start(BenchServer server) throws Exception {
    BackgroundLoad load = new BackgroundLoad(server);
    long runs = server.noop().runs();
    load.thread.start();
    Polling.until("the load runs", () -> server.noop().runs() > runs + BATCH / 4 || load.ended());
    load.check();
    return load;
  }

  /** Returns when the load has run for this time, or throws its failure. */
  void runFor(Duration time) throws InterruptedException {
    try {
      ended.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (TimeoutException _) {
      // it still runs
    }
  }

  long settled() {
    return server.noop().runs();
  }

  /**
   * Checks that the load is still running.
   *
   * @throws CompletionException when it failed
   */
  void check() {
    if (ended()) {
      ended.join();
    }
  }

  private boolean ended() {
    return ended.isDone();
  }

  private void run() {
    try {
      long target = server.noop().runs();
      while (!stopped) {
        server.submit(lines);
        target += BATCH;
        long next = target - BATCH / 2;
        Polling.until("half of the load has run", () -> stopped || server.noop().runs() >= next);
      }
      ended.complete(null);
    } catch (Exception e) {
      ended.completeExceptionally(e);
    }
  }

  /** Stops submitting. Batches that were submitted still drain. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
