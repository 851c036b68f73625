package io.headgate.processor.render;

import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * Room for drawings that do not hear an interrupt: each has a platform thread of its own and takes
 * its size of the room until it really ends, whoever waits for it.
 */
final class DrawingRoom {

  private static final long STACK_BYTES = 4_000_000;

  private final Semaphore free;

  /**
   * @param size of all drawings at a time
   */
  DrawingRoom(int size) {
    this.free = new Semaphore(size, true);
  }

  /**
   * Starts a drawing once there is room for it. One that is cancelled before it has begun never
   * runs, and gives its room back all the same.
   */
  void start(FutureTask<?> drawing, int size) throws InterruptedException {
    free.acquire(size);
    boolean started = false;
    try {
      Thread.ofPlatform()
          .daemon()
          .name("headgate-render")
          .stackSize(STACK_BYTES)
          .start(() -> run(drawing, size));
      started = true;
    } finally {
      if (!started) { // the machine has no thread left
        free.release(size);
      }
    }
  }

  private void run(FutureTask<?> drawing, int size) {
    try {
      drawing.run();
    } finally {
      free.release(size);
    }
  }
}
