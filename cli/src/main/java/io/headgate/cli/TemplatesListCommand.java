package io.headgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the templates of the account, newest first.")
final class TemplatesListCommand implements Runnable {

  @Mixin private PageOptions page = new PageOptions();

  private final HeadgateCommand headgate;

  TemplatesListCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    TemplatesCommand.list(headgate, page);
  }
}
