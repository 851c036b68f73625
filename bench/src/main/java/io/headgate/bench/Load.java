package io.headgate.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Keeps the engine draining at full speed: submits new batches before the previous ones end. */
final class Load implements AutoCloseable {

  private static final int BATCH = 200_000;

  private final House house;
  private final byte[] lines = Items.plain(BATCH);
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().name("bench-load").unstarted(this::run);
  private volatile boolean stopped;

  private Load(House house) {
    this.house = house;
  }

  /** Starts the load and returns when items run. */
  static Load start(House house) throws Exception {
    Load load = new Load(house);
    long runs = house.noop().runs();
    load.thread.start();
    Waiting.until("the load runs", () -> house.noop().runs() > runs + BATCH / 4 || load.ended());
    load.check();
    return load;
  }

  long settled() {
    return house.noop().runs();
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
      long target = house.noop().runs();
      while (!stopped) {
        house.submit(lines);
        target += BATCH;
        long next = target - BATCH / 2;
        Waiting.until("half of the load has run", () -> stopped || house.noop().runs() >= next);
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
