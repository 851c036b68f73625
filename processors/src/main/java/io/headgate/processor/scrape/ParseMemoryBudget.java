package io.headgate.processor.scrape;

import io.headgate.processor.Outcome;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits the memory for parsed pages, which take many times their length. A page waits until there
 * is enough memory for it; one that needs more than the whole budget is refused. Thread-safe.
 */
final class ParseMemoryBudget {

  /** Upper estimate for one tag: an element, its attributes and text, and a copy of it. */
  private static final long BYTES_PER_TAG = 600;

  private static final long BYTES_PER_BYTE = 4;
  private static final int UNIT = 1_024;

  private final int totalUnits;
  private final Semaphore freeUnits;

  /**
   * Creates a budget.
   *
   * @param bytes memory for all parsed pages together
   */
  ParseMemoryBudget(long bytes) {
    this.totalUnits = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
    this.freeUnits = new Semaphore(totalUnits, true);
  }

  /** A budget of a third of the heap. */
  static ParseMemoryBudget thirdOfHeap() {
    return new ParseMemoryBudget(Runtime.getRuntime().maxMemory() / 3);
  }

  /** Parses and processes a page. */
  @FunctionalInterface
  interface PageTask {
    Outcome run() throws InterruptedException;
  }

  /**
   * Waits for memory and runs {@code task}.
   *
   * @return the outcome of {@code task}; or a failure if the page is too large for the budget or no
   *     memory is free within {@code timeout}
   */
  Outcome run(byte[] page, Duration timeout, PageTask task) throws InterruptedException {
    int tags = 0;
    for (byte b : page) {
      tags += b == '<' ? 1 : 0;
    }
    long units = (page.length * BYTES_PER_BYTE + tags * BYTES_PER_TAG) / UNIT + 1;
    if (units > totalUnits) {
      return Outcome.Failed.permanent(
          "too-complex",
          "the page has %,d tags in %,d bytes, more than this server has memory to parse"
              .formatted(tags, page.length));
    }
    if (!freeUnits.tryAcquire((int) units, timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return Outcome.Failed.retryable(
          "node-busy", "this node had no memory free to parse the page before the deadline");
    }
    try {
      return task.run();
    } finally {
      freeUnits.release((int) units);
    }
  }
}
