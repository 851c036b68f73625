package io.headgate.outbound;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much memory the bodies of answers may take at once. A small body needs no leave; what is
 * larger waits, in turn, until all it may come to is free, and takes it in one step: nobody holds
 * some and waits for more, so nobody waits for ever.
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
   * @param bytes for all bodies together, the small ones aside
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

  /** The bytes up to which a body is small. */
  int small() {
    return small;
  }

  /** Bytes that are free now. */
  long free() {
    return (long) UNIT * free.availablePermits();
  }

  /** For one body after the other; it holds nothing yet. */
  public Share share() {
    return new Share();
  }

  /** What the body of one request holds; whoever reads the body gives it back afterwards. */
  public final class Share implements AutoCloseable {

    private int held;
    private boolean closed;
    private volatile boolean waiting;

    private Share() {}

    /**
     * Waits for room, of which there is never less than a body needs that has all to itself.
     *
     * @return false when none came free in time
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

    /** Gives back what is held beyond {@code bytes}. */
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
