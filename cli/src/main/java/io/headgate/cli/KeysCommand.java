package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.Key;
import io.headgate.client.Page;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "keys", description = "List, create and revoke API keys.")
final class KeysCommand implements Runnable {

  @Mixin private PageOptions page = new PageOptions();

  private final HeadgateCommand headgate;

  private KeysCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  static CommandLine withSubcommands(HeadgateCommand headgate) {
    return new CommandLine(new KeysCommand(headgate))
        .addSubcommand(new KeysListCommand(headgate))
        .addSubcommand(new KeysCreateCommand(headgate))
        .addSubcommand(new KeysRevokeCommand(headgate));
  }

  @Override
  public void run() {
    list(headgate, page);
  }

  static void list(HeadgateCommand headgate, PageOptions page) {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.keys(page.request()), KeysCommand::format);
    }
  }

  private static String format(Page<Key> page) {
    Table table = Table.of("ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "REVOKED");
    for (Key key : page.data()) {
      table.row(
          key.id(),
          key.name(),
          key.scopes() == null ? null : String.join(",", key.scopes()),
          TextFormat.time(key.createdAt()),
          TextFormat.time(key.expiresAt()),
          TextFormat.time(key.revokedAt()));
    }
    return table + Views.nextPageHint(page.nextCursor());
  }
}
