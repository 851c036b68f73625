package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Let a paused batch go on.")
final class ResumeCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  private final Headgate headgate;

  ResumeCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(
          client.resume(id),
          batch -> "Goes on with " + Words.items(batch.counts().pending()) + ".\n");
      headgate.hint("Watch it: headgate watch " + id);
    }
  }
}
