package io.headgate.bench;

import io.headgate.client.Batch;
import io.headgate.client.CancelRequest;
import io.headgate.client.NewBatch;
import io.headgate.client.Receipt;
import io.headgate.client.Settlement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One batch on the benchmark server, over HTTP. Its items start when their submit commits. */
final class HeadgateCompetitor implements Competitor {

  private static final String PAGE = "api.md";

  private final Workload workload = new Workload();
  private final BenchServer server;
  private final CancelRequest request;
  private @Nullable String batch;

  private HeadgateCompetitor(
      BenchServer server, WorkloadProcessor processor, CancelRequest request) {
    this.server = server;
    this.request = request;
    processor.work(workload);
  }

  static CancelMethod draining(WorkloadProcessor processor) {
    return new CancelMethod(
        "Headgate, drain",
        "`POST /v1/batches/{id}/cancel`, over HTTP",
        PAGE,
        server -> new HeadgateCompetitor(server, processor, CancelRequest.drain()));
  }

  static CancelMethod interrupting(WorkloadProcessor processor) {
    return new CancelMethod(
        "Headgate, interrupt",
        "the same with `{\"mode\":\"interrupt\",\"grace_seconds\":1}`",
        PAGE,
        server -> new HeadgateCompetitor(server, processor, CancelRequest.interrupt(1)));
  }

  @Override
  public void load(int jobs) {
    NewBatch newBatch = NewBatch.of(WorkloadProcessor.NAME).concurrency(Workload.WORKERS);
    batch = server.submit(newBatch, Items.plain(jobs)).id();
  }

  @Override
  public void start() {}

  @Override
  public Workload.Tally tally() {
    return workload.tally();
  }

  @Override
  public CancelResult cancel(Duration limit) {
    Workload.Tally before = workload.tally();
    long start = System.nanoTime();
    Receipt receipt = server.client().cancel(id(), request).value();
    double millis = (System.nanoTime() - start) / 1e6;
    Workload.Tally after = workload.tally();
    Receipt.ReceiptCounts counts = receipt.counts();
    return new CancelResult(
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
        after);
  }

  @Override
  public void release() {
    workload.release();
  }

  @Override
  public String finalState() throws Exception {
    Polling.until("the cancel is settled", () -> settlement().settled());
    Settlement settled = settlement();
    Batch now = server.client().batch(id()).value();
    return "succeeded %,d, cancelled %,d; of those that ran: succeeded %,d, interrupted %,d"
        .formatted(
            now.counts().succeeded(),
            now.counts().cancelled(),
            settled.succeeded(),
            settled.interrupted());
  }

  private Settlement settlement() {
    return server.client().settlement(id()).value();
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
