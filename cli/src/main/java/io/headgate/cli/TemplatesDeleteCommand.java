package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Delete a template. Batches that were submitted with it still render.")
final class TemplatesDeleteCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The id or uid of the template")
  private String id = "";

  private final HeadgateCommand headgate;

  TemplatesDeleteCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      client.deleteTemplate(id);
    }
    headgate.hint("Deleted " + id + ".");
  }
}
