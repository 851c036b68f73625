package io.headgate.engine;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Credits of a batch that are in the account's journal. The counters of the batch are ahead of the
 * journal, which is updated when the batch is cancelled or ends.
 */
final class JournaledCredits {

  private long reserved;
  private long charged;
  private long refunded;

  /** The columns of a batch row. */
  JournaledCredits(ResultSet row) throws SQLException {
    reserved = row.getLong("journal_reserved");
    charged = row.getLong("journal_charged");
    refunded = row.getLong("journal_refunded");
  }

  long reserved() {
    return reserved;
  }

  long charged() {
    return charged;
  }

  long refunded() {
    return refunded;
  }

  /** Credits that are reserved and neither charged nor refunded. */
  long open() {
    return reserved - charged - refunded;
  }

  void reserve(long credits) {
    reserved += credits;
  }

  void charge(long credits) {
    charged += credits;
  }

  void refund(long credits) {
    refunded += credits;
  }
}
