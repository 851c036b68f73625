package io.headgate.access;

import io.headgate.db.Database;
import io.headgate.db.SharedSecret;

/** Secrets of the house's doors, such as the seal of list cursors. */
public final class HouseSecret {

  private HouseSecret() {}

  /** 256 bits, the same on every node and after every restart. */
  public static byte[] of(Database database, String name) {
    return SharedSecret.of(database, name);
  }
}
