package io.headgate.intake;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Passes filled chunks from the thread that reads a submit to the thread that stores it, and empty
 * chunks back. The reader blocks when no chunk is empty.
 */
final class ChunkQueue {

  private static final int CHUNKS = 3;

  /** A message from the reader. */
  private sealed interface QueueMessage {
    record FilledChunk(ItemChunk chunk) implements QueueMessage {}

    record EndOfItems() implements QueueMessage {}

    record ReadFailed() implements QueueMessage {}
  }

  /** The reader failed, so the transaction must roll back. */
  static final class ReadFailedException extends RuntimeException {
    ReadFailedException() {
      super("Reading the items failed.", null, false, false);
    }
  }

  // Has capacity for all chunks and both end messages, so that add() never fails.
  private final BlockingQueue<QueueMessage> filled = new ArrayBlockingQueue<>(CHUNKS + 2);
  private final BlockingQueue<ItemChunk> empty = new ArrayBlockingQueue<>(CHUNKS);
  private volatile boolean isStopped;
  private volatile boolean isComplete;
  private boolean ended;

  ChunkQueue() {
    for (int i = 1; i < CHUNKS; i++) {
      empty.add(new ItemChunk());
    }
  }

  /** Sends a filled chunk; waits for an empty chunk and returns it. */
  ItemChunk send(ItemChunk chunk) throws InterruptedException {
    filled.add(new QueueMessage.FilledChunk(chunk));
    return empty.take();
  }

  void sendLast(ItemChunk chunk) {
    filled.add(new QueueMessage.FilledChunk(chunk));
    filled.add(new QueueMessage.EndOfItems());
    isComplete = true;
  }

  /** Whether everything was sent, so that {@link #receive} will not block. */
  boolean isComplete() {
    return isComplete;
  }

  void fail() {
    filled.add(new QueueMessage.ReadFailed());
  }

  /** Whether the storing thread needs no more chunks. */
  boolean isStopped() {
    return isStopped;
  }

  void stop() {
    isStopped = true;
  }

  /**
   * Waits for the next chunk; empty after the last one.
   *
   * @throws ReadFailedException when the reader failed
   */
  Optional<ItemChunk> receive() throws InterruptedException {
    QueueMessage message = filled.take();
    ended = !(message instanceof QueueMessage.FilledChunk);
    return switch (message) {
      case QueueMessage.FilledChunk(ItemChunk chunk) -> Optional.of(chunk);
      case QueueMessage.EndOfItems() -> Optional.empty();
      case QueueMessage.ReadFailed() -> throw new ReadFailedException();
    };
  }

  /** Discards what the reader still sends, so that it does not block after storing has ended. */
  void drain() throws InterruptedException {
    stop();
    while (!ended) {
      QueueMessage message = filled.take();
      ended = !(message instanceof QueueMessage.FilledChunk);
      if (message instanceof QueueMessage.FilledChunk(ItemChunk chunk)) {
        recycle(chunk);
      }
    }
  }

  void recycle(ItemChunk chunk) {
    chunk.clear();
    empty.add(chunk);
  }
}
