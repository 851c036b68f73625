package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.Key;
import io.headgate.client.NewKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create an API key and print it. It is not shown again.")
final class KeysCreateCommand implements Runnable {

  @Parameters(paramLabel = "NAME", description = "A name for the key")
  private String name = "";

  @Option(
      names = "--scope",
      split = ",",
      description = "read, write, cancel or admin; repeatable; default: read, write and cancel")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--expires-in",
      paramLabel = "DURATION",
      description = "When the key expires, such as 12h or 30d; default: never")
  private @Nullable Duration expiresIn;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account of the key; default: the account of the key in use")
  private @Nullable String account;

  private final HeadgateCommand headgate;

  KeysCreateCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    List<String> granted = scopes.isEmpty() ? List.of("read", "write", "cancel") : scopes;
    Instant expiresAt = expiresIn == null ? null : Instant.now().plus(expiresIn);
    try (HeadgateClient client = headgate.client()) {
      headgate.show(
          client.createKey(new NewKey(name, granted, expiresAt, account)),
          KeysCreateCommand::format);
    }
    headgate.hint("Keep the key: it will not be shown again.");
  }

  private static String format(Key key) {
    return Table.ofFacts()
        .row("id", key.id())
        .fact("name", key.name())
        .fact("scopes", key.scopes() == null ? null : String.join(",", key.scopes()))
        .fact("expires", TextFormat.time(key.expiresAt()))
        .row("key", key.secret())
        .toString();
  }
}
