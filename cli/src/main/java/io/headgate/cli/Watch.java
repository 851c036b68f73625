package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.Batch;
import io.headgate.client.HeadgateClient;
import io.headgate.client.UnreachableException;
import java.time.Duration;
import java.util.function.Predicate;

/** Polls a batch and shows its progress. */
final class Watch {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** Polls without a response before it fails: 30 seconds, enough for a server to restart. */
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

  /** Watches until {@code enough} is true or the batch has ended. */
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

  /** The exit code for a batch that has ended: success only when it completed. */
  static ExitCode verdict(Batch ended) {
    return switch (ended.state()) {
      case COMPLETED -> ExitCode.OK;
      case PENDING, RUNNING, PARTIAL, FAILED, CANCELLING, CANCELLED -> ExitCode.FAILED;
    };
  }
}
