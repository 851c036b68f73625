package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a webhook and the result of its last attempt.")
final class WebhooksShowCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The webhook")
  private String id = "";

  private final HeadgateCommand headgate;

  WebhooksShowCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(
          client.webhooks().show(id),
          webhook -> WebhooksCommand.facts(webhook) + WebhooksCommand.advice(webhook));
    }
  }
}
