package io.headgate.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One submit as it is read: checks items and fills chunks. A submit of one chunk is stored by the
 * thread that reads it, once it is all there; a longer one by a thread of its own meanwhile, so
 * that reading and PostgreSQL work side by side. A transaction begins only when there is a chunk
 * for it.
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
   * @param streams bounds how many submits hold a connection while they are still being read
   * @param store takes what comes off the conveyor, in one transaction
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
   * Reads the source to its end, or to where the answer is known.
   *
   * @throws IOException when the source breaks off; then nothing was stored
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
      throw new InterruptedIOException("interrupted while storing items");
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
      return false; // finish() meets the interrupt again
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

  /** Makes the transaction roll back and waits until it has. */
  private void breakOff() {
    conveyor.breakOff();
    while (storing != null && !storing.isDone()) {
      try {
        storing.get();
      } catch (ExecutionException e) {
        return; // it failed, as it should
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
