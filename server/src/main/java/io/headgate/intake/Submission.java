package io.headgate.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one submit: checks items and fills chunks. If all items fit in one chunk, the reading
 * thread stores it after the last line. Otherwise a second thread stores chunks while this one
 * reads, so that reading and PostgreSQL work in parallel. A transaction begins only when a chunk is
 * full or the source has ended.
 */
final class Submission implements ItemSource.Sink {

  private final ItemCheck check;
  private final OnBadLine policy;
  private final int maxItems;
  private final Semaphore streams;
  private final Function<Conveyor, SubmitResult> store;

  private final Conveyor conveyor = new Conveyor();
  private Chunk chunk = new Chunk();
  private int items;
  private int bad;
  private @Nullable FutureTask<SubmitResult> storing;

  /**
   * @param streams limits how many submits use a database connection while they are still read
   * @param store stores the chunks that it receives, in one transaction
   */
  Submission(
      ItemCheck check,
      OnBadLine policy,
      int maxItems,
      Semaphore streams,
      Function<Conveyor, SubmitResult> store) {
    this.check = check;
    this.policy = policy;
    this.maxItems = maxItems;
    this.streams = streams;
    this.store = store;
  }

  /**
   * Reads the source to its end, or until the result is known.
   *
   * @throws IOException when reading fails; nothing is stored then
   */
  SubmitResult run(ItemSource source) throws IOException {
    try {
      source.read(this);
      if (items > maxItems) {
        breakOff();
        return new SubmitResult.TooManyItems(maxItems);
      }
      return finish();
    } catch (IOException | RuntimeException | Error e) {
      breakOff();
      throw e;
    } catch (InterruptedException e) {
      breakOff();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while storing items.");
    }
  }

  @Override
  public boolean accept(Line line) {
    switch (line) {
      case Line.Item item -> {
        items++;
        BadLine wrong = check.wrong(item);
        if (wrong == null) {
          chunk.add(item);
        } else {
          addBad(wrong);
        }
      }
      case Line.Bad(BadLine why) -> addBad(why);
      case Line.Broken(BadLine why) -> chunk.breakOff(why);
    }
    return items <= maxItems
        && (policy == OnBadLine.SKIP || bad < policy.reported())
        && (!chunk.full() || handOver());
  }

  private void addBad(BadLine why) {
    bad++;
    chunk.add(why);
  }

  private boolean handOver() {
    try {
      if (storing == null) {
        streams.acquire();
        storing = new FutureTask<>(this::storeAside);
        Thread.ofVirtual().name("intake-store").start(storing);
      }
      chunk = conveyor.send(chunk);
      return !conveyor.stopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false; // finish() throws InterruptedException
    }
  }

  private SubmitResult storeAside() throws InterruptedException {
    try {
      return store.apply(conveyor);
    } finally {
      streams.release();
      conveyor.drain();
    }
  }

  private SubmitResult finish() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    conveyor.sendLast(chunk);
    if (storing == null) {
      return store.apply(conveyor);
    }
    try {
      return storing.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /** Rolls the transaction back and waits until that is done. */
  private void breakOff() {
    conveyor.breakOff();
    while (storing != null && !storing.isDone()) {
      try {
        storing.get();
      } catch (ExecutionException e) {
        return; // the expected BrokenOffException
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
