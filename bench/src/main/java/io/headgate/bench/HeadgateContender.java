package io.headgate.bench;

import io.headgate.client.Batch;
import io.headgate.client.CancelRequest;
import io.headgate.client.NewBatch;
import io.headgate.client.Receipt;
import io.headgate.client.Settlement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One batch on the benchmark server, over HTTP. Its items start when their submit commits. */
final class HeadgateContender implements Contender {

  private static final String PAGE = "api.md";

  private final Workload workload = new Workload();
  private final House house;
  private final CancelRequest request;
  private @Nullable String batch;

  private HeadgateContender(House house, HeldProcessor processor, CancelRequest request) {
    this.house = house;
    this.request = request;
    processor.work(workload);
  }

  static Entrant draining(HeldProcessor processor) {
    return new Entrant(
        "Headgate, drain",
        "`POST /v1/batches/{id}/cancel`, over HTTP",
        PAGE,
        house -> new HeadgateContender(house, processor, CancelRequest.drain()));
  }

  static Entrant interrupting(HeldProcessor processor) {
    return new Entrant(
        "Headgate, interrupt",
        "the same with `{\"mode\":\"interrupt\",\"grace_seconds\":1}`",
        PAGE,
        house -> new HeadgateContender(house, processor, CancelRequest.interrupt(1)));
  }

  @Override
  public void load(int jobs) {
    NewBatch wanted = NewBatch.of(HeldProcessor.NAME).concurrency(Workload.WORKERS);
    batch = house.submit(wanted, Items.plain(jobs)).id();
  }

  @Override
  public void start() {}

  @Override
  public Workload.Tally tally() {
    return workload.tally();
  }

  @Override
  public Cancelled cancel(Duration limit) {
    Workload.Tally before = workload.tally();
    long start = System.nanoTime();
    Receipt receipt = house.client().cancel(id(), request).value();
    double millis = (System.nanoTime() - start) / 1e6;
    Workload.Tally answered = workload.tally();
    Receipt.Counts counts = receipt.counts();
    return new Cancelled(
        true,
        counts.stopped(),
        millis,
        "a receipt: stopped %,d, running %,d, succeeded %,d; refunded %,d"
            .formatted(
                counts.stopped(),
                counts.running(),
                counts.succeeded(),
                receipt.credits().refunded()),
        before,
        answered);
  }

  @Override
  public void release() {
    workload.release();
  }

  @Override
  public String left() throws Exception {
    Waiting.until("the cancel is settled", () -> settlement().settled());
    Settlement settled = settlement();
    Batch now = house.client().batch(id()).value();
    return "succeeded %,d, cancelled %,d; of those that ran: succeeded %,d, interrupted %,d"
        .formatted(
            now.counts().succeeded(),
            now.counts().cancelled(),
            settled.succeeded(),
            settled.interrupted());
  }

  private Settlement settlement() {
    return house.client().settlement(id()).value();
  }

  private String id() {
    if (batch == null) {
      throw new IllegalStateException("nothing was submitted");
    }
    return batch;
  }

  @Override
  public void close() {
    workload.release();
  }
}
