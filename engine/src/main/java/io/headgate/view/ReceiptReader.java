package io.headgate.view;

import io.headgate.db.Database;
import java.util.Optional;
import java.util.UUID;

/** Reads receipts, which are kept after their batches are deleted. Thread-safe. */
public final class ReceiptReader {

  private static final String FIND_OF_ACCOUNT =
      "select body from receipt where batch_id = :batch and account_id = :account";

  private final Database database;

  public ReceiptReader(Database database) {
    this.database = database;
  }

  /**
   * Returns the stored JSON of the receipt, which never changes; empty when the account has no such
   * batch or it was not cancelled.
   */
  public Optional<String> find(UUID account, UUID batchId) {
    return database.read(tx ->
        tx.query(FIND_OF_ACCOUNT)
            .bind("batch", batchId)
            .bind("account", account)
            .mapTo(String.class)
            .findOne());
  }
}
