package io.headgate.access;

import io.headgate.db.Database;
import io.headgate.db.SharedSecret;

/** Secrets that the APIs of all nodes share, such as the key that signs list cursors. */
public final class SharedApiSecret {

  private SharedApiSecret() {}

  /** Returns 256 bits, the same on every node and after every restart. */
  public static byte[] of(Database database, String name) {
    return SharedSecret.getOrCreate(database, name);
  }
}
