package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show the state, counts and credits of a batch.")
final class ShowCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  private final HeadgateCommand headgate;

  ShowCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.batch(id), Views::batch);
    }
  }
}
