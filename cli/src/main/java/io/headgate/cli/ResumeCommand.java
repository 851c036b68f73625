package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Resume a paused batch.")
final class ResumeCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  private final HeadgateCommand headgate;

  ResumeCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(
          client.resume(id),
          batch -> "Resumed; " + TextFormat.items(batch.counts().pending()) + " pending.\n");
      headgate.hint("To watch: headgate watch " + id);
    }
  }
}
