package io.headgate.db;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/**
 * Logs failures that the code survives: the first of each kind with its stack trace, every further
 * one as a single line, so that a failure that strikes every second does not fill the disk. Two
 * failures are of one kind when they have the same subject, the same class, and were thrown at the
 * same line.
 *
 * <p>Thread-safe.
 */
public final class FailureLog {

  /** Failures past so many kinds are logged as lines only: the set must not grow without end. */
  private static final int MOST_KINDS = 1_000;

  private final Logger log;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final LongAdder count = new LongAdder();

  public FailureLog(Logger log) {
    this.log = log;
  }

  /**
   * Logs one failure as a warning.
   *
   * @param subject what failed, such as a loop or a task; part of the kind
   * @param detail what else an operator needs to know, such as the batch; not part of the kind
   */
  public void warn(String subject, String detail, Throwable failure) {
    count.increment();
    String line = detail.isEmpty() ? subject : subject + ", " + detail;
    if (isFirst(subject, failure)) {
      log.warn(
          "{} failed; further failures of this kind are logged without stack trace", line, failure);
    } else {
      log.warn("{} failed: {}", line, failure.toString());
    }
  }

  /** How many failures were logged. */
  public long count() {
    return count.sum();
  }

  private boolean isFirst(String subject, Throwable failure) {
    return logged.size() < MOST_KINDS && logged.add(subject + kind(failure));
  }

  private static String kind(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
      root = root.getCause();
    }
    StackTraceElement[] frames = root.getStackTrace();
    return " " + root.getClass().getName() + (frames.length == 0 ? "" : " " + frames[0]);
  }
}
