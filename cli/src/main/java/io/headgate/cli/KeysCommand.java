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

  private final Headgate headgate;

  private KeysCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  static CommandLine withParts(Headgate headgate) {
    return new CommandLine(new KeysCommand(headgate))
        .addSubcommand(new KeysListCommand(headgate))
        .addSubcommand(new KeysCreateCommand(headgate))
        .addSubcommand(new KeysRevokeCommand(headgate));
  }

  @Override
  public void run() {
    list(headgate, page);
  }

  static void list(Headgate headgate, PageOptions page) {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.keys(page.request()), KeysCommand::words);
    }
  }

  private static String words(Page<Key> page) {
    Table table = Table.of("ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "REVOKED");
    for (Key key : page.data()) {
      table.row(
          key.id(),
          key.name(),
          key.scopes() == null ? null : String.join(",", key.scopes()),
          Words.time(key.createdAt()),
          Words.time(key.expiresAt()),
          Words.time(key.revokedAt()));
    }
    return table + Views.more(page.nextCursor());
  }
}
