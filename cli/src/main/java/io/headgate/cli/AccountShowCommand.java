package io.headgate.cli;

import picocli.CommandLine.Command;

@Command(name = "show", description = "Show the balance of the account.")
final class AccountShowCommand implements Runnable {

  private final HeadgateCommand headgate;

  AccountShowCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    AccountCommand.show(headgate);
  }
}
