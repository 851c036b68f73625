package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.Batch;
import io.headgate.client.HeadgateClient;
import io.headgate.client.UnreachableException;
import java.time.Duration;
import java.util.function.Predicate;

/** Looks at a batch again and again and shows what it sees. */
final class Watch {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** Looks without an answer before it gives up: a server that restarts is back by then. */
  private static final int PATIENCE = 120;

  private final Headgate headgate;
  private final HeadgateClient client;

  Watch(Headgate headgate, HeadgateClient client) {
    this.headgate = headgate;
    this.client = client;
  }

  /** Watches until the batch has ended. */
  Answer<Batch> untilEnd(String id) throws InterruptedException {
    return until(id, batch -> batch.state().finished());
  }

  /** Watches until enough is seen or the batch has ended, whichever comes first. */
  Answer<Batch> until(String id, Predicate<Batch> enough) throws InterruptedException {
    Answer<Batch> now = client.batch(id);
    try (ProgressView view = ProgressView.of(headgate)) {
      view.show(now);
      while (!enough.test(now.value()) && !now.value().state().finished()) {
        headgate.terminal().pause().sleep(INTERVAL);
        now = look(id);
        view.show(now);
      }
    }
    return now;
  }

  private Answer<Batch> look(String id) throws InterruptedException {
    for (int missed = 0; ; missed++) {
      try {
        return client.batch(id);
      } catch (UnreachableException e) {
        if (missed >= PATIENCE || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        headgate.terminal().pause().sleep(INTERVAL);
      }
    }
  }

  /** Whether a batch that has ended did what was asked of it. */
  static ExitCode verdict(Batch ended) {
    return switch (ended.state()) {
      case COMPLETED -> ExitCode.OK;
      case PENDING, RUNNING, PARTIAL, FAILED, CANCELLING, CANCELLED -> ExitCode.FAILED;
    };
  }
}
