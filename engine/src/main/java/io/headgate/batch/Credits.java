package io.headgate.batch;

/**
 * The sub-ledger of one batch, in credits. It follows from the counts: waiting and running items
 * are reserved, succeeded ones charged, failed and cancelled ones refunded.
 */
public record Credits(long perItem, long reserved, long charged, long refunded) {

  public static Credits of(long perItem, Counts counts) {
    return new Credits(
        perItem,
        perItem * (counts.pending() + counts.running()),
        perItem * counts.succeeded(),
        perItem * (counts.failed() + counts.cancelled()));
  }
}
