package io.headgate.cli;

import io.headgate.client.Audit;
import io.headgate.client.Batch;
import io.headgate.client.CancelMode;
import io.headgate.client.CancelRequest;
import io.headgate.client.HeadgateClient;
import io.headgate.client.ItemFormat;
import io.headgate.client.NewBatch;
import io.headgate.client.Receipt;
import io.headgate.client.Response;
import io.headgate.client.Settlement;
import java.io.PrintStream;
import java.time.Duration;

/** The steps of the demonstration, from the submit to the final checks. */
final class DemoScript {

  private static final double CANCEL_AT = 0.4;
  private static final int CONCURRENCY = 64;
  private static final int MAX_POLLS = 600;
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final HeadgateCommand headgate;
  private final HeadgateClient client;
  private final DemoSite site;
  private final PrintStream out;

  DemoScript(HeadgateCommand headgate, HeadgateClient client, DemoSite site) {
    this.headgate = headgate;
    this.client = client;
    this.site = site;
    this.out = headgate.terminal().out();
  }

  /** Runs all steps; true when every check passed. */
  boolean run() throws InterruptedException {
    DemoChecks checks = new DemoChecks();
    BatchWatcher watch = new BatchWatcher(headgate, client);

    title("Submit " + TextFormat.number(site.pages()) + " pages to scrape");
    String id = submit();
    watch.until(id, batch -> batch.progress().ratio() >= CANCEL_AT);

    title("Cancel it midway");
    Response<Receipt> receipt = cancel(id);
    out.println();
    out.print(Views.settlement(settlement(id)));
    checks.afterTheFence(site, receipt);
    checks.sameReceipt(receipt, client.cancel(id, CancelRequest.drain()));

    title("Audit the stored rows");
    out.print(audit(checks, "the audit after the cancel: no item started after the fence"));

    title("Resubmit the cancelled items");
    Batch rest = resubmitAndWatch(watch, id);

    title("Check every item and credit");
    audit(checks, "the audit at the end: every item and credit is accounted for");
    checks.atTheEnd(site, client.batch(id).value(), rest, client);
    out.print(checks);
    return checks.allPassed();
  }

  private String submit() {
    NewBatch batch =
        NewBatch.of("scrape")
            .name("demo")
            .option("output", "markdown")
            .option("per_host_concurrency", CONCURRENCY)
            .concurrency(CONCURRENCY);
    Batch submitted = client.submit(batch, ItemFormat.NDJSON, site.items()).value();
    out.println("batch " + submitted.id());
    return submitted.id();
  }

  private Response<Receipt> cancel(String id) {
    out.println("Preview of the cancel:");
    out.print(Views.preview(client.previewCancel(id).value()));
    out.println();
    long before = System.nanoTime();
    Response<Receipt> receipt =
        client.cancel(id, new CancelRequest(CancelMode.DRAIN, null, "demonstration"));
    long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
    out.println("Cancelled in " + millis + " ms. The receipt:");
    out.print(Views.receipt(receipt.value()));
    return receipt;
  }

  private Settlement settlement(String id) throws InterruptedException {
    Settlement settlement = client.settlement(id).value();
    for (int poll = 0; poll < MAX_POLLS && !settlement.settled(); poll++) {
      headgate.terminal().sleeper().sleep(POLL_INTERVAL);
      settlement = client.settlement(id).value();
    }
    return settlement;
  }

  private String audit(DemoChecks checks, String proved) {
    Audit audit = client.audit().value();
    checks.audit(proved, audit.ok());
    return AuditCommand.format(audit, null);
  }

  private Batch resubmitAndWatch(BatchWatcher watch, String id) throws InterruptedException {
    Batch rest = client.resubmit(id, false).value();
    out.println("batch " + rest.id() + ": " + TextFormat.items(rest.counts().total()));
    return watch.untilEnd(rest.id()).value();
  }

  private void title(String text) {
    out.println();
    out.println("── " + text + " ──");
  }
}
