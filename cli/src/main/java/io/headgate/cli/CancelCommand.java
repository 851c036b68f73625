package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.BatchState;
import io.headgate.client.HeadgateClient;
import io.headgate.client.ItemsCancelRequest;
import io.headgate.client.ItemsCancelResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    description = {
      "Cancel a batch and print the receipt.",
      "No item of the batch starts after the time on the receipt. A repeated cancel prints the same"
          + " receipt."
    })
final class CancelCommand implements Runnable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  @Option(names = "--preview", description = "Show what a cancel would do now, and change nothing")
  private boolean preview;

  @Mixin private CancelOptions options = new CancelOptions();

  @Option(
      names = "--wait",
      description = "Wait until the running items have ended and print the settlement")
  private boolean wait;

  @Option(
      names = "--item",
      paramLabel = "ORDINAL",
      split = ",",
      description = "Cancel only this item, without fence and receipt; repeatable")
  private List<Long> items = new ArrayList<>();

  @Option(
      names = "--ref",
      paramLabel = "REF",
      description = "Cancel only the item with this ref; repeatable")
  private List<String> refs = new ArrayList<>();

  private final HeadgateCommand headgate;

  CancelCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    boolean single = !items.isEmpty() || !refs.isEmpty();
    if (single && (preview || wait || options.hasOtherThanMode())) {
      throw headgate.usageError("--item and --ref can be combined with --mode only");
    }
    try (HeadgateClient client = headgate.client()) {
      if (single) {
        cancelItems(client);
      } else if (preview) {
        headgate.show(client.previewCancel(id), Views::preview);
        headgate.hint("Nothing has changed. To cancel: headgate cancel " + id);
      } else {
        cancel(client);
      }
    }
  }

  private void cancel(HeadgateClient client) {
    var receipt = client.cancel(id, options.request());
    headgate.show(receipt, Views::receipt);
    if (wait) {
      waitForSettlement(client);
    } else if (receipt.value().counts().running() > 0) {
      headgate.hint("Results of the running items: headgate settlement " + id);
    }
  }

  private void waitForSettlement(HeadgateClient client) {
    try {
      Batch now = client.batch(id).value();
      while (now.state() == BatchState.CANCELLING) {
        headgate.terminal().sleeper().sleep(POLL_INTERVAL);
        now = client.batch(id).value();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    headgate.hint("");
    headgate.show(client.settlement(id), Views::settlement);
  }

  private void cancelItems(HeadgateClient client) {
    headgate.show(
        client.cancelItems(id, new ItemsCancelRequest(items, refs, options.mode())),
        CancelCommand::format);
  }

  private static String format(ItemsCancelResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s cancelled, %s refunded%n"
            .formatted(
                TextFormat.items(result.cancelled().size()),
                TextFormat.credits(result.creditsRefunded())));
    for (ItemsCancelResult.SkippedItem item : result.skipped()) {
      text.append(
          "item %d skipped: %s%n"
              .formatted(item.ordinal(), item.reason() == null ? item.state() : item.reason()));
    }
    return text.toString();
  }
}
