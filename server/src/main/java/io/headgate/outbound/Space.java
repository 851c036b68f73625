package io.headgate.outbound;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory budget for response bodies. Small bodies need no reservation. A larger body waits, in
 * order of arrival, until its maximum size is free and reserves that in one step. No request holds
 * memory while it waits for more, so there is no deadlock. Thread-safe.
 */
public final class Space {

  private static final int UNIT = 16_384;
  private static final long SHARE_OF_SMALL = 1_024;
  private static final long LEAST_SMALL = 65_536;
  private static final long MOST_SMALL = 1_048_576;

  private final int units;
  private final int small;
  private final Semaphore free;

  /**
   * @param bytes the limit for all bodies together, not counting small ones
   */
  public Space(long bytes) {
    this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
    this.small = (int) Math.clamp(bytes / SHARE_OF_SMALL, LEAST_SMALL, MOST_SMALL);
    this.free = new Semaphore(units, true);
  }

  /** A quarter of the heap. */
  static Space ofThisProcess() {
    return new Space(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Bodies up to this many bytes are small. */
  int small() {
    return small;
  }

  /** The bytes that are free now. */
  long free() {
    return (long) UNIT * free.availablePermits();
  }

  /** Creates an empty reservation, for one request at a time. */
  public Share share() {
    return new Share();
  }

  /** The reservation for the body of one request. Its user closes it when the body is released. */
  public final class Share implements AutoCloseable {

    private int held;
    private boolean closed;
    private volatile boolean waiting;

    private Share() {}

    /**
     * Waits for memory. A request above the whole budget waits for the whole budget.
     *
     * @return false when the memory was not free before the deadline
     */
    boolean take(long bytes, Deadline deadline) throws InterruptedException {
      int wanted = units(bytes);
      waiting = true;
      boolean taken = free.tryAcquire(wanted, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      waiting = !taken;
      if (taken) {
        hold(wanted);
      }
      return taken;
    }

    private synchronized void hold(int more) {
      if (closed) {
        free.release(more);
      } else {
        held += more;
      }
    }

    /** Releases what is reserved beyond {@code bytes}. */
    synchronized void keep(long bytes) {
      int over = Math.max(0, held - units(bytes));
      held -= over;
      free.release(over);
    }

    boolean waiting() {
      return waiting;
    }

    private int units(long bytes) {
      return (int) Math.min(units, (bytes + UNIT - 1) / UNIT);
    }

    @Override
    public synchronized void close() {
      closed = true;
      free.release(held);
      held = 0;
    }
  }
}
