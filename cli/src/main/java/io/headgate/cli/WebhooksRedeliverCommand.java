package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "redeliver", description = "Send a delivery again with the same id.")
final class WebhooksRedeliverCommand implements Runnable {

  @Parameters(paramLabel = "ID", index = "0", description = "The webhook")
  private String id = "";

  @Parameters(paramLabel = "DELIVERY", index = "1", description = "The delivery")
  private String delivery = "";

  private final HeadgateCommand headgate;

  WebhooksRedeliverCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.webhooks().redeliver(id, delivery), WebhooksCommand::facts);
      headgate.hint("To see the result: headgate webhooks deliveries " + id);
    }
  }
}
