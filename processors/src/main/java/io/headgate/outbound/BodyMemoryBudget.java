package io.headgate.outbound;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory budget for response bodies. Small bodies need no reservation. A larger body waits, in
 * order of arrival, until its maximum size is free and reserves that in one step. No request holds
 * memory while it waits for more, so there is no deadlock. Thread-safe.
 */
public final class BodyMemoryBudget {

  private static final int UNIT_BYTES = 16_384;
  private static final long SMALL_FRACTION = 1_024;
  private static final long MIN_SMALL_BYTES = 65_536;
  private static final long MAX_SMALL_BYTES = 1_048_576;

  private final int units;
  private final int smallBytes;
  private final Semaphore free;

  /**
   * @param bytes the limit for all bodies together, not counting small ones
   */
  public BodyMemoryBudget(long bytes) {
    this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT_BYTES));
    this.smallBytes = (int) Math.clamp(bytes / SMALL_FRACTION, MIN_SMALL_BYTES, MAX_SMALL_BYTES);
    this.free = new Semaphore(units, true);
  }

  /** A quarter of the heap. */
  static BodyMemoryBudget ofThisProcess() {
    return new BodyMemoryBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Bodies up to this many bytes are small. */
  int smallBytes() {
    return smallBytes;
  }

  /** The bytes that are free now. */
  long free() {
    return (long) UNIT_BYTES * free.availablePermits();
  }

  /** Creates an empty reservation, for one request at a time. */
  public MemoryReservation newReservation() {
    return new MemoryReservation();
  }

  /** The reservation for the body of one request. Its user closes it when the body is released. */
  public final class MemoryReservation implements AutoCloseable {

    private int reserved;
    private boolean closed;
    private volatile boolean waiting;

    private MemoryReservation() {}

    /**
     * Waits for memory. A request above the whole budget waits for the whole budget.
     *
     * @return false when the memory was not free before the deadline
     */
    boolean reserve(long bytes, Deadline deadline) throws InterruptedException {
      int requested = units(bytes);
      waiting = true;
      boolean acquired =
          free.tryAcquire(requested, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      waiting = !acquired;
      if (acquired) {
        add(requested);
      }
      return acquired;
    }

    private synchronized void add(int more) {
      if (closed) {
        free.release(more);
      } else {
        reserved += more;
      }
    }

    /** Releases what is reserved beyond {@code bytes}. */
    synchronized void shrinkTo(long bytes) {
      int surplus = Math.max(0, reserved - units(bytes));
      reserved -= surplus;
      free.release(surplus);
    }

    boolean waiting() {
      return waiting;
    }

    private int units(long bytes) {
      return (int) Math.min(units, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }

    @Override
    public synchronized void close() {
      closed = true;
      free.release(reserved);
      reserved = 0;
    }
  }
}
