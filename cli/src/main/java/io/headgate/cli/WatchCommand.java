package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.HeadgateClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    description = {
      "Show the progress of a batch until it ends.",
      "Exits with 0 only when the batch completes. With --json, prints the batch as a line per"
          + " change."
    })
final class WatchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  private final HeadgateCommand headgate;

  WatchCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (HeadgateClient client = headgate.client()) {
      return watch(headgate, client, id).code();
    }
  }

  static ExitCode watch(HeadgateCommand headgate, HeadgateClient client, String id)
      throws InterruptedException {
    Batch ended = new BatchWatcher(headgate, client).untilEnd(id).value();
    headgate.hint(nextSteps(ended));
    return BatchWatcher.exitCode(ended);
  }

  private static String nextSteps(Batch batch) {
    String id = batch.id();
    return switch (batch.state()) {
      case COMPLETED -> "Completed. Results: headgate results " + id;
      case PARTIAL, FAILED ->
          TextFormat.items(batch.counts().failed())
              + " failed.\n  To list them:         headgate items "
              + id
              + " --state failed\n  To run them again:    headgate retry "
              + id;
      case CANCELLED, CANCELLING ->
          "Cancelled.\n  Receipt:              headgate receipt "
              + id
              + "\n  To run the rest:      headgate resubmit "
              + id;
      case PENDING, RUNNING -> "Still running. To watch: headgate watch " + id;
    };
  }
}
