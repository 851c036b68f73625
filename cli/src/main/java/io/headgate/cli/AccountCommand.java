package io.headgate.cli;

import io.headgate.client.Account;
import io.headgate.client.HeadgateClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "account", description = "Show the balance and the credit journal of the account.")
final class AccountCommand implements Runnable {

  private final Headgate headgate;

  private AccountCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  static CommandLine withParts(Headgate headgate) {
    return new CommandLine(new AccountCommand(headgate))
        .addSubcommand(new AccountShowCommand(headgate))
        .addSubcommand(new AccountJournalCommand(headgate));
  }

  @Override
  public void run() {
    show(headgate);
  }

  static void show(Headgate headgate) {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.account(), AccountCommand::words);
    }
  }

  private static String words(Account account) {
    Account.Credits credits = account.credits();
    Table table = Table.ofFacts().row("account", account.id()).fact("name", account.name());
    if (credits != null) {
      table
          .row("limit", credits.limit() == null ? "none" : Words.credits(credits.limit()))
          .fact("available", Words.numberOrNull(credits.available()))
          .row("reserved", Words.number(credits.reserved()))
          .row("charged", Words.number(credits.charged()));
    }
    return table.fact("limits", Words.json(account.limits())).toString();
  }
}
