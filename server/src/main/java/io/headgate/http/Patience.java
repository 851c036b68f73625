package io.headgate.http;

import io.headgate.db.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives up clients that send nothing in the middle of a body: each holds a thread, and one that
 * uploads items a transaction too. The web server's own limit does not reach a body.
 */
final class Patience implements AutoCloseable {

  private final Duration silence;
  private final Set<Wait> waiting = ConcurrentHashMap.newKeySet();
  private final Loop loop;

  /**
   * @param silence how long a client may send nothing; it is noticed up to a quarter later
   */
  Patience(Duration silence) {
    this.silence = silence;
    this.loop = new Loop("headgate-patience", silence.dividedBy(4), this::runOnce);
    loop.start();
  }

  /**
   * Reads as {@code in} does.
   *
   * @throws InterruptedIOException when nothing came for too long; the connection is broken then
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

  /** One read. */
  private static final class Wait {

    private final Thread thread;
    private final long since;
    private boolean over;
    private boolean givenUp;

    Wait(Thread thread, long since) {
      this.thread = thread;
      this.since = since;
    }

    /** An interrupt closes the channel that the thread reads from. */
    synchronized void giveUp() {
      if (!over && !givenUp) {
        givenUp = true;
        thread.interrupt();
      }
    }

    /** The interrupt was meant for this read, and for nothing that the thread does after it. */
    synchronized void end() {
      over = true;
      if (givenUp) {
        Thread.interrupted();
      }
    }
  }
}
