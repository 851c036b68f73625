package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Revoke an API key at once.")
final class KeysRevokeCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The id of the key; 'headgate keys' lists them")
  private String id = "";

  private final HeadgateCommand headgate;

  KeysRevokeCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      client.revokeKey(id);
    }
    headgate.hint("Revoked " + id + ".");
  }
}
