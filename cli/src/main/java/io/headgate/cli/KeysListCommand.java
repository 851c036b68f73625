package io.headgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the API keys of the account, without their secrets.")
final class KeysListCommand implements Runnable {

  @Mixin private PageOptions page = new PageOptions();

  private final HeadgateCommand headgate;

  KeysListCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    KeysCommand.list(headgate, page);
  }
}
