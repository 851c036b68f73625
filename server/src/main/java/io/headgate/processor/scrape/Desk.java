package io.headgate.processor.scrape;

import io.headgate.processor.Outcome;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where pages are read: they take many times their length in memory, so only so many lie open at
 * once that the node has room for them. A page that would need all of it is not opened.
 */
final class Desk {

  /** What one tag can come to, in bytes: an element, its attributes and text, and a copy of it. */
  private static final long BYTES_PER_TAG = 600;

  private static final long BYTES_PER_BYTE = 4;
  private static final int UNIT = 1_024;

  private final int size;
  private final Semaphore free;

  /**
   * @param bytes there may be of open pages at once
   */
  Desk(long bytes) {
    this.size = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
    this.free = new Semaphore(size, true);
  }

  /** With room for pages in a third of the heap. */
  static Desk ofThisProcess() {
    return new Desk(Runtime.getRuntime().maxMemory() / 3);
  }

  /** Reads a page. */
  @FunctionalInterface
  interface Reader {
    Outcome read() throws InterruptedException;
  }

  /** What {@code reader} makes of the page, once there is room for it. */
  Outcome with(byte[] page, Duration patience, Reader reader) throws InterruptedException {
    int tags = 0;
    for (byte b : page) {
      tags += b == '<' ? 1 : 0;
    }
    long units = (page.length * BYTES_PER_BYTE + tags * BYTES_PER_TAG) / UNIT + 1;
    if (units > size) {
      return Outcome.Failed.lasting(
          "too-complex",
          "the page has %,d tags in %,d bytes, more than this server has room to read"
              .formatted(tags, page.length));
    }
    if (!free.tryAcquire((int) units, patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return Outcome.Failed.passing(
          "node-busy", "this node had no room to read the page before the deadline");
    }
    try {
      return reader.read();
    } finally {
      free.release((int) units);
    }
  }
}
