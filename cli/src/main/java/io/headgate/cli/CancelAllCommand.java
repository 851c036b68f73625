package io.headgate.cli;

import io.headgate.client.BatchFilter;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Operation;
import io.headgate.client.OperationHandle;
import io.headgate.client.Receipt;
import io.headgate.client.Response;
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

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  @Mixin private FilterOptions filterOptions = new FilterOptions();

  @Mixin private CancelOptions cancelOptions = new CancelOptions();

  private final HeadgateCommand headgate;

  CancelAllCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() throws InterruptedException {
    BatchFilter filter = filterOptions.filter();
    if (filter.equals(BatchFilter.ALL)) {
      throw headgate.usageError("a filter is required, for example --processor scrape");
    }
    try (HeadgateClient client = headgate.client()) {
      OperationHandle started = client.cancelAll(filter, cancelOptions.request()).value();
      headgate.show(untilDone(client, started.operationId()), CancelAllCommand::format);
    }
    return ExitCode.OK.code();
  }

  private Response<Operation> untilDone(HeadgateClient client, String id)
      throws InterruptedException {
    Response<Operation> now = client.operation(id);
    while (now.value().running()) {
      headgate.terminal().sleeper().sleep(POLL_INTERVAL);
      now = client.operation(id);
    }
    return now;
  }

  private static String format(Operation operation) {
    if (operation.matched() == 0) {
      return "No batch matches; nothing has changed. 'headgate list' lists the batches.\n";
    }
    Table table = Table.of("BATCH", "STOPPED", "RUNNING", "REFUNDED");
    if (operation.receipts() != null) {
      for (Receipt receipt : operation.receipts()) {
        table.row(
            receipt.batchId(),
            TextFormat.number(receipt.counts().stopped()),
            TextFormat.number(receipt.counts().running()),
            TextFormat.number(receipt.credits().refunded()));
      }
    }
    return "%s%s cancelled, %s skipped, of %s that match%n"
        .formatted(
            table,
            TextFormat.number(operation.cancelled()),
            TextFormat.number(operation.skipped()),
            TextFormat.number(operation.matched()));
  }
}
