package io.headgate.intake;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Carries filled chunks from the thread that reads to the one that stores, and empty ones back. The
 * reader is held up when it is too far ahead.
 */
final class Conveyor {

  private static final int CHUNKS = 3;

  /** What the reader has to say. */
  private sealed interface Message {
    record Filled(Chunk chunk) implements Message {}

    record Last() implements Message {}

    record BrokenOff() implements Message {}
  }

  /** The reader could not go on: the transaction must not commit. */
  static final class BrokenOffException extends RuntimeException {
    BrokenOffException() {
      super("the request broke off", null, false, false);
    }
  }

  // Room for all chunks and both ends of a stream, so that only take() waits.
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

  /** Sends a filled chunk; answers an empty one. */
  Chunk send(Chunk chunk) throws InterruptedException {
    filled.add(new Message.Filled(chunk));
    return empty.take();
  }

  void sendLast(Chunk chunk) {
    filled.add(new Message.Filled(chunk));
    filled.add(new Message.Last());
    complete = true;
  }

  /** True when everything has been sent: the storing side will not wait any more. */
  boolean complete() {
    return complete;
  }

  void breakOff() {
    filled.add(new Message.BrokenOff());
  }

  /** True when the storing side needs nothing more. */
  boolean stopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  /**
   * The next chunk, empty after the last.
   *
   * @throws BrokenOffException when there will be none, though it was not the last
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

  /** Frees the reader after a failure of the storing side: what it still sends is thrown away. */
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
