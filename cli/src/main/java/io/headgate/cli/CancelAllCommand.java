package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.BatchFilter;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Operation;
import io.headgate.client.OperationStarted;
import io.headgate.client.Receipt;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "cancel-all",
    description = {
      "Cancel every batch that matches the filter and print a line of each receipt.",
      "Covers the batches created before the call. The server continues after a restart."
    })
final class CancelAllCommand implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  @Mixin private FilterOptions which = new FilterOptions();

  @Mixin private CancelOptions how = new CancelOptions();

  private final Headgate headgate;

  CancelAllCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() throws InterruptedException {
    BatchFilter filter = which.filter();
    if (filter.equals(BatchFilter.ALL)) {
      throw headgate.usage("a filter is required, for example --processor scrape");
    }
    try (HeadgateClient client = headgate.client()) {
      OperationStarted started = client.cancelAll(filter, how.request()).value();
      headgate.show(untilDone(client, started.operationId()), CancelAllCommand::words);
    }
    return ExitCode.OK.code();
  }

  private Answer<Operation> untilDone(HeadgateClient client, String id)
      throws InterruptedException {
    Answer<Operation> now = client.operation(id);
    while (now.value().running()) {
      headgate.terminal().pause().sleep(BETWEEN_LOOKS);
      now = client.operation(id);
    }
    return now;
  }

  private static String words(Operation done) {
    if (done.matched() == 0) {
      return "No batch matches; nothing has changed. 'headgate list' lists the batches.\n";
    }
    Table table = Table.of("BATCH", "STOPPED", "RUNNING", "REFUNDED");
    if (done.receipts() != null) {
      for (Receipt receipt : done.receipts()) {
        table.row(
            receipt.batchId(),
            Words.number(receipt.counts().stopped()),
            Words.number(receipt.counts().running()),
            Words.number(receipt.credits().refunded()));
      }
    }
    return "%s%s cancelled, %s skipped, of %s that match%n"
        .formatted(
            table,
            Words.number(done.cancelled()),
            Words.number(done.skipped()),
            Words.number(done.matched()));
  }
}
