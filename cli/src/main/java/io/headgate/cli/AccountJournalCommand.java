package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.JournalEntry;
import io.headgate.client.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "journal", description = "List the entries of the account's credit journal.")
final class AccountJournalCommand implements Runnable {

  @Mixin private PageOptions page = new PageOptions();

  private final HeadgateCommand headgate;

  AccountJournalCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.journal(page.request()), AccountJournalCommand::format);
    }
  }

  private static String format(Page<JournalEntry> page) {
    Table table = Table.of("AT", "KIND", "CREDITS", "BATCH");
    for (JournalEntry entry : page.data()) {
      table.row(
          TextFormat.time(entry.at()),
          entry.kind(),
          TextFormat.number(entry.credits()),
          entry.batchId());
    }
    return table + Views.nextPageHint(page.nextCursor());
  }
}
