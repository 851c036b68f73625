package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Pause a webhook. Its events wait until it is resumed.")
final class WebhooksPauseCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The webhook")
  private String id = "";

  private final HeadgateCommand headgate;

  WebhooksPauseCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.webhooks().pause(id), webhook -> "Paused.\n");
      headgate.hint("To resume: headgate webhooks resume " + id);
    }
  }
}
