package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "test", description = "Send a webhook.test event after the waiting events.")
final class WebhooksTestCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The webhook")
  private String id = "";

  private final HeadgateCommand headgate;

  WebhooksTestCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.webhooks().test(id), WebhooksCommand::facts);
      headgate.hint("To see the result: headgate webhooks deliveries " + id);
    }
  }
}
