package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Revoke a key at once.")
final class KeysRevokeCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The key's id, as 'headgate keys' lists it")
  private String id = "";

  private final Headgate headgate;

  KeysRevokeCommand(Headgate headgate) {
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
