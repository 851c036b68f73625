package io.headgate.bench;

import java.util.Locale;

/**
 * One batch, drained as fast as possible.
 *
 * @param exchanges how many exchanges the drain took
 * @param submitNanos the duration of the submit over HTTP
 * @param drainNanos the time from the end of the first item to the end of the batch
 */
record DrainRun(String batch, int items, long exchanges, long submitNanos, long drainNanos) {

  /**
   * Submits and drains a batch. No item ends before the submit has returned and the checkpoint
   * ended.
   */
  static DrainRun run(BenchServer server, int items) throws Exception {
    byte[] lines = Items.plain(items);
    NoopProcessor noop = server.noop();
    long runs = noop.runs() + items;
    server.checkpoint();
    noop.closeGate();
    long submitting = System.nanoTime();
    String batch = server.submit(lines).id();
    long submitNanos = System.nanoTime() - submitting;
    server.checkpoint();
    long draining = System.nanoTime();
    noop.openGate();
    server.awaitDrained(runs);
    long drainNanos = System.nanoTime() - draining;
    long exchanges = server.count("select epoch from batch where id = '" + batch + "'");
    return new DrainRun(batch, items, exchanges, submitNanos, drainNanos);
  }

  Rate rate() {
    return Rate.of(items, drainNanos, "items");
  }

  /** The cost of an item: submit and drain together. */
  double microsPerItem() {
    return (submitNanos + drainNanos) / 1e3 / items;
  }

  /** How many items an exchange settled on average. */
  int itemsPerExchange() {
    return (int) Math.max(1, items / Math.max(1, exchanges - 1));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d items: submit %.2f s, drain %.2f s (%s), %,d exchanges of %d",
        items,
        submitNanos / 1e9,
        drainNanos / 1e9,
        rate(),
        exchanges,
        itemsPerExchange());
  }
}
