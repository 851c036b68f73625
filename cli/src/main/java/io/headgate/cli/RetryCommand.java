package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "retry", description = "Run the failed items of a batch again, in the same batch.")
final class RetryCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  private final HeadgateCommand headgate;

  RetryCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(
          client.retry(id), retried -> TextFormat.items(retried.retried()) + " pending again.\n");
      headgate.hint("To watch: headgate watch " + id);
    }
  }
}
