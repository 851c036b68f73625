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
final class Patience implements AutoCloseable {

  private final Duration silence;
  private final Set<Wait> waiting = ConcurrentHashMap.newKeySet();
  private final Loop loop;

  /**
   * Starts the thread that checks reads every quarter of {@code silence}.
   *
   * @param silence how long a client may send nothing; a read ends up to a quarter of it later
   */
  Patience(Duration silence) {
    this.silence = silence;
    this.loop = new Loop("headgate-patience", silence.dividedBy(4), this::runOnce);
    loop.start();
  }

  /**
   * Calls {@link InputStream#read(byte[], int, int)}.
   *
   * @throws InterruptedIOException when the client sent nothing for too long; the connection is
   *     closed then
   */
  int read(InputStream in, byte[] into, int from, int length) throws IOException {
    Wait wait = new Wait(Thread.currentThread(), System.nanoTime());
    waiting.add(wait);
    try {
      return in.read(into, from, length);
    } finally {
      waiting.remove(wait);
      wait.end();
    }
  }

  Loop loop() {
    return loop;
  }

  private boolean runOnce() {
    long longest = silence.toNanos();
    long now = System.nanoTime();
    waiting.stream().filter(wait -> now - wait.since > longest).forEach(Wait::giveUp);
    return false;
  }

  @Override
  public void close() {
    loop.close();
  }

  /** One read in progress. */
  private static final class Wait {

    private final Thread thread;
    private final long since;
    private boolean over;
    private boolean givenUp;

    Wait(Thread thread, long since) {
      this.thread = thread;
      this.since = since;
    }

    /** Interrupts the thread, which closes the channel that it reads from. */
    synchronized void giveUp() {
      if (!over && !givenUp) {
        givenUp = true;
        thread.interrupt();
      }
    }

    /** Clears the interrupt of this read, so that it does not affect what the thread does next. */
    synchronized void end() {
      over = true;
      if (givenUp) {
        Thread.interrupted();
      }
    }
  }
}
