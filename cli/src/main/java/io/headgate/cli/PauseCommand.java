package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Start no further items of a batch until it is resumed.")
final class PauseCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  private final HeadgateCommand headgate;

  PauseCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(
          client.pause(id),
          batch -> "Paused; " + TextFormat.items(batch.counts().running()) + " still running.\n");
      headgate.hint("To resume: headgate resume " + id);
    }
  }
}
