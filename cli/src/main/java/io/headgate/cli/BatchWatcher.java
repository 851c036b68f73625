package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Response;
import io.headgate.client.UnreachableException;
import java.time.Duration;
import java.util.function.Predicate;

/** Polls a batch and shows its progress. */
final class BatchWatcher {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  /** Polls without a response before it fails: 30 seconds, enough for a server to restart. */
  private static final int MAX_MISSED_POLLS = 120;

  private final HeadgateCommand headgate;
  private final HeadgateClient client;

  BatchWatcher(HeadgateCommand headgate, HeadgateClient client) {
    this.headgate = headgate;
    this.client = client;
  }

  /** Watches until the batch has ended. */
  Response<Batch> untilEnd(String id) throws InterruptedException {
    return until(id, batch -> batch.state().finished());
  }

  /** Watches until {@code stopCondition} is true or the batch has ended. */
  Response<Batch> until(String id, Predicate<Batch> stopCondition) throws InterruptedException {
    Response<Batch> current = client.batch(id);
    try (ProgressView view = ProgressView.of(headgate)) {
      view.show(current);
      while (!stopCondition.test(current.value()) && !current.value().state().finished()) {
        headgate.terminal().sleeper().sleep(POLL_INTERVAL);
        current = poll(id);
        view.show(current);
      }
    }
    return current;
  }

  private Response<Batch> poll(String id) throws InterruptedException {
    for (int missed = 0; ; missed++) {
      try {
        return client.batch(id);
      } catch (UnreachableException e) {
        if (missed >= MAX_MISSED_POLLS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        headgate.terminal().sleeper().sleep(POLL_INTERVAL);
      }
    }
  }

  /** The exit code for a batch that has ended: success only when it completed. */
  static ExitCode exitCode(Batch ended) {
    return switch (ended.state()) {
      case COMPLETED -> ExitCode.OK;
      case PENDING, RUNNING, PARTIAL, FAILED, CANCELLING, CANCELLED -> ExitCode.FAILED;
    };
  }
}
