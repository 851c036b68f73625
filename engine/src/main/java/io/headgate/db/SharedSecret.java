package io.headgate.db;

import java.security.SecureRandom;

/** Secrets that all nodes of one database share. The first node that needs one creates it. */
public final class SharedSecret {

  private static final String INSERT_IF_MISSING =
      "insert into secret (name, value) values (:name, :value) on conflict (name) do nothing";
  private static final String READ = "select value from secret where name = :name";

  private SharedSecret() {}

  /** The 256 bits of a secret: the same on every node and after every restart. */
  public static byte[] getOrCreate(Database database, String name) {
    byte[] fresh = new byte[32];
    new SecureRandom().nextBytes(fresh);
    return database.inTransaction(tx -> {
      tx.update(INSERT_IF_MISSING).bind("name", name).bind("value", fresh).execute();
      return read(tx, name);
    });
  }

  /** Reads a secret that exists. */
  public static byte[] read(Snapshot tx, String name) {
    return tx.query(READ).bind("name", name).mapTo(byte[].class).one();
  }
}
