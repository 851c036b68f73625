package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a template; with --json including its HTML.")
final class TemplatesShowCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The id or uid of the template")
  private String id = "";

  private final HeadgateCommand headgate;

  TemplatesShowCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.template(id), TemplatesCommand::facts);
    }
  }
}
