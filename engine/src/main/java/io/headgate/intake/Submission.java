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
final class Submission implements ItemSource.LineSink {

  private final ItemValidator validator;
  private final InvalidLinePolicy policy;
  private final int maxItems;
  private final Semaphore connectionPermits;
  private final Function<ChunkQueue, SubmitResult> store;

  private final ChunkQueue chunks = new ChunkQueue();
  private ItemChunk chunk = new ItemChunk();
  private int itemCount;
  private int invalidCount;
  private @Nullable FutureTask<SubmitResult> storing;

  /**
   * @param connectionPermits limits how many submits use a database connection while they are still
   *     read
   * @param store stores the chunks that it receives, in one transaction
   */
  Submission(
      ItemValidator validator,
      InvalidLinePolicy policy,
      int maxItems,
      Semaphore connectionPermits,
      Function<ChunkQueue, SubmitResult> store) {
    this.validator = validator;
    this.policy = policy;
    this.maxItems = maxItems;
    this.connectionPermits = connectionPermits;
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
      if (itemCount > maxItems) {
        abort();
        return new SubmitResult.TooManyItems(maxItems);
      }
      return finish();
    } catch (IOException | RuntimeException | Error e) {
      abort();
      throw e;
    } catch (InterruptedException e) {
      abort();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while storing items.");
    }
  }

  @Override
  public boolean accept(ItemLine line) {
    switch (line) {
      case ItemLine.ValidLine item -> {
        itemCount++;
        InvalidLine error = validator.firstError(item);
        if (error == null) {
          chunk.add(item);
        } else {
          addInvalid(error);
        }
      }
      case ItemLine.RejectedLine(InvalidLine error) -> addInvalid(error);
      case ItemLine.BrokenLine(InvalidLine error) -> chunk.endWithError(error);
    }
    return itemCount <= maxItems
        && (policy == InvalidLinePolicy.SKIP || invalidCount < policy.maxReported())
        && (!chunk.isFull() || sendChunk());
  }

  private void addInvalid(InvalidLine error) {
    invalidCount++;
    chunk.add(error);
  }

  private boolean sendChunk() {
    try {
      if (storing == null) {
        connectionPermits.acquire();
        storing = new FutureTask<>(this::storeConcurrently);
        Thread.ofVirtual().name("intake-store").start(storing);
      }
      chunk = chunks.send(chunk);
      return !chunks.isStopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false; // finish() throws InterruptedException
    }
  }

  private SubmitResult storeConcurrently() throws InterruptedException {
    try {
      return store.apply(chunks);
    } finally {
      connectionPermits.release();
      chunks.drain();
    }
  }

  private SubmitResult finish() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    chunks.sendLast(chunk);
    if (storing == null) {
      return store.apply(chunks);
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
  private void abort() {
    chunks.fail();
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
