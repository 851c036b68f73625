package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a webhook. Nothing is sent to it any more.")
final class WebhooksDeleteCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The webhook")
  private String id = "";

  private final HeadgateCommand headgate;

  WebhooksDeleteCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      client.webhooks().delete(id);
    }
    headgate.hint("Deleted " + id + ".");
  }
}
