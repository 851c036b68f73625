package io.headgate.view;

import io.headgate.db.Database;
import java.util.Optional;
import java.util.UUID;

/** Receipts, which outlive their batches. */
public final class Receipts {

  private static final String FIND_OF_ACCOUNT =
      "select body from receipt where batch_id = :batch and account_id = :account";

  private final Database database;

  public Receipts(Database database) {
    this.database = database;
  }

  /** The receipt of a cancelled batch as clients get it, byte for byte the same for ever. */
  public Optional<String> find(UUID account, UUID batchId) {
    return database.read(tx ->
        tx.query(FIND_OF_ACCOUNT)
            .bind("batch", batchId)
            .bind("account", account)
            .mapTo(String.class)
            .findOne());
  }
}
