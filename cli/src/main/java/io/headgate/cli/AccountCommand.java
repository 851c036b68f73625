package io.headgate.cli;

import io.headgate.client.Account;
import io.headgate.client.HeadgateClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "account", description = "Show the balance and the credit journal of the account.")
final class AccountCommand implements Runnable {

  private final HeadgateCommand headgate;

  private AccountCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  static CommandLine withSubcommands(HeadgateCommand headgate) {
    return new CommandLine(new AccountCommand(headgate))
        .addSubcommand(new AccountShowCommand(headgate))
        .addSubcommand(new AccountJournalCommand(headgate));
  }

  @Override
  public void run() {
    show(headgate);
  }

  static void show(HeadgateCommand headgate) {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.account(), AccountCommand::format);
    }
  }

  private static String format(Account account) {
    Account.AccountCredits credits = account.credits();
    Table table = Table.ofFacts().row("account", account.id()).fact("name", account.name());
    if (credits != null) {
      table
          .row("limit", credits.limit() == null ? "none" : TextFormat.credits(credits.limit()))
          .fact("available", TextFormat.numberOrNull(credits.available()))
          .row("reserved", TextFormat.number(credits.reserved()))
          .row("charged", TextFormat.number(credits.charged()));
    }
    return table.fact("limits", TextFormat.json(account.limits())).toString();
  }
}
