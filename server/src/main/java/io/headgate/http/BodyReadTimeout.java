package io.headgate.http;

import io.headgate.db.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends reads of request bodies in which the client has sent nothing for too long. Such a client
 * occupies a thread, and a database connection while it uploads items. Helidon's own idle timeout
 * does not apply while a body is read (docs/decisions/0018-helidon-workarounds.md). Safe for use by
 * several threads.
 */
final class BodyReadTimeout implements AutoCloseable {

  private final Duration timeout;
  private final Set<PendingRead> pendingReads = ConcurrentHashMap.newKeySet();
  private final Loop loop;

  /**
   * Starts the thread that checks reads every quarter of {@code timeout}.
   *
   * @param timeout how long a client may send nothing; a read ends up to a quarter of it later
   */
  BodyReadTimeout(Duration timeout) {
    this.timeout = timeout;
    this.loop = new Loop("headgate-body-timeout", timeout.dividedBy(4), this::runOnce);
    loop.start();
  }

  /**
   * Calls {@link InputStream#read(byte[], int, int)}.
   *
   * @throws InterruptedIOException when the client sent nothing for too long; the connection is
   *     closed then
   */
  int read(InputStream in, byte[] buffer, int offset, int length) throws IOException {
    PendingRead pending = new PendingRead(Thread.currentThread(), System.nanoTime());
    pendingReads.add(pending);
    try {
      return in.read(buffer, offset, length);
    } finally {
      pendingReads.remove(pending);
      pending.end();
    }
  }

  Loop loop() {
    return loop;
  }

  private boolean runOnce() {
    long timeoutNanos = timeout.toNanos();
    long now = System.nanoTime();
    pendingReads.stream()
        .filter(pending -> now - pending.startedNanos > timeoutNanos)
        .forEach(PendingRead::interrupt);
    return false;
  }

  @Override
  public void close() {
    loop.close();
  }

  /** One read in progress. */
  private static final class PendingRead {

    private final Thread thread;
    private final long startedNanos;
    private boolean ended;
    private boolean interrupted;

    PendingRead(Thread thread, long startedNanos) {
      this.thread = thread;
      this.startedNanos = startedNanos;
    }

    /** Interrupts the thread, which closes the channel that it reads from. */
    synchronized void interrupt() {
      if (!ended && !interrupted) {
        interrupted = true;
        thread.interrupt();
      }
    }

    /** Clears the interrupt of this read, so that it does not affect what the thread does next. */
    synchronized void end() {
      ended = true;
      if (interrupted) {
        Thread.interrupted();
      }
    }
  }
}
