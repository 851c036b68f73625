package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Resume a webhook. Waiting events are sent first.")
final class WebhooksResumeCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The webhook")
  private String id = "";

  private final HeadgateCommand headgate;

  WebhooksResumeCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.webhooks().resume(id), webhook -> "Resumed.\n");
    }
  }
}
