package io.headgate.intake;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Passes filled chunks from the thread that reads a submit to the thread that stores it, and empty
 * chunks back. The reader blocks when no chunk is empty.
 */
final class Conveyor {

  private static final int CHUNKS = 3;

  /** A message from the reader. */
  private sealed interface Message {
    record Filled(Chunk chunk) implements Message {}

    record Last() implements Message {}

    record BrokenOff() implements Message {}
  }

  /** The reader failed, so the transaction must roll back. */
  static final class BrokenOffException extends RuntimeException {
    BrokenOffException() {
      super("Reading the items failed.", null, false, false);
    }
  }

  // Has capacity for all chunks and both end messages, so that add() never fails.
  private final BlockingQueue<Message> filled = new ArrayBlockingQueue<>(CHUNKS + 2);
  private final BlockingQueue<Chunk> empty = new ArrayBlockingQueue<>(CHUNKS);
  private volatile boolean stopped;
  private volatile boolean complete;
  private boolean ended;

  Conveyor() {
    for (int i = 1; i < CHUNKS; i++) {
      empty.add(new Chunk());
    }
  }

  /** Sends a filled chunk; waits for an empty chunk and returns it. */
  Chunk send(Chunk chunk) throws InterruptedException {
    filled.add(new Message.Filled(chunk));
    return empty.take();
  }

  void sendLast(Chunk chunk) {
    filled.add(new Message.Filled(chunk));
    filled.add(new Message.Last());
    complete = true;
  }

  /** Whether everything was sent, so that {@link #receive} will not block. */
  boolean complete() {
    return complete;
  }

  void breakOff() {
    filled.add(new Message.BrokenOff());
  }

  /** Whether the storing thread needs no more chunks. */
  boolean stopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  /**
   * Waits for the next chunk; empty after the last one.
   *
   * @throws BrokenOffException when the reader failed
   */
  Optional<Chunk> receive() throws InterruptedException {
    Message message = filled.take();
    ended = !(message instanceof Message.Filled);
    return switch (message) {
      case Message.Filled(Chunk chunk) -> Optional.of(chunk);
      case Message.Last() -> Optional.empty();
      case Message.BrokenOff() -> throw new BrokenOffException();
    };
  }

  /** Discards what the reader still sends, so that it does not block after storing has ended. */
  void drain() throws InterruptedException {
    stop();
    while (!ended) {
      Message message = filled.take();
      ended = !(message instanceof Message.Filled);
      if (message instanceof Message.Filled(Chunk chunk)) {
        giveBack(chunk);
      }
    }
  }

  void giveBack(Chunk chunk) {
    chunk.clear();
    empty.add(chunk);
  }
}
