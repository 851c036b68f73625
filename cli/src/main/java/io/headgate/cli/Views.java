package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.CancelPreview;
import io.headgate.client.Item;
import io.headgate.client.Page;
import io.headgate.client.Receipt;
import io.headgate.client.Settlement;
import org.jspecify.annotations.Nullable;

/** Formats the records of the API as text, in the same way for every command. */
final class Views {

  private static final int MAX_TEXT_LENGTH = 60;

  private Views() {}

  static String batch(Batch batch) {
    return facts(batch).toString() + '\n' + counts(batch);
  }

  private static Table facts(Batch batch) {
    String paused = batch.paused() ? ", paused" : "";
    return Table.ofFacts()
        .row("batch", batch.id())
        .fact("name", batch.name())
        .row("processor", batch.processor())
        .row("state", batch.state() + paused)
        .fact("created", TextFormat.time(batch.createdAt()))
        .fact("starts", TextFormat.time(batch.startAt()))
        .fact("started", TextFormat.time(batch.startedAt()))
        .fact("finished", TextFormat.time(batch.finishedAt()))
        .fact("cancelled", TextFormat.time(batch.cancelledAt()))
        .fact("expires", TextFormat.time(batch.expiresAt()))
        .fact("resubmit of", batch.resubmittedFrom())
        .fact(
            "metadata",
            batch.metadata() == null || batch.metadata().isEmpty() ? null : batch.metadata())
        .fact("options", TextFormat.json(batch.options()))
        .fact("limits", TextFormat.json(batch.limits()))
        .row("settled", TextFormat.percent(batch.progress().ratio()))
        .row("rate", TextFormat.rate(batch.progress().itemsPerSecond()))
        .fact("eta", TextFormat.time(batch.progress().eta()));
  }

  private static Table counts(Batch batch) {
    var counts = batch.counts();
    var credits = batch.credits();
    return Table.of("ITEMS", "", "CREDITS", "")
        .row(
            "pending",
            TextFormat.number(counts.pending()),
            "reserved",
            TextFormat.number(credits.reserved()))
        .row(
            "running",
            TextFormat.number(counts.running()),
            "charged",
            TextFormat.number(credits.charged()))
        .row(
            "succeeded",
            TextFormat.number(counts.succeeded()),
            "refunded",
            TextFormat.number(credits.refunded()))
        .row("failed", TextFormat.number(counts.failed()))
        .row("cancelled", TextFormat.number(counts.cancelled()))
        .row("total", TextFormat.number(counts.total()));
  }

  static String batches(Page<Batch> page) {
    if (page.data().isEmpty()) {
      return "No batches. To submit one: headgate submit FILE --processor scrape\n";
    }
    Table table =
        Table.of(
            "ID", "STATE", "PROCESSOR", "TOTAL", "DONE", "FAILED", "SETTLED", "CREATED", "NAME");
    for (Batch batch : page.data()) {
      table.row(
          batch.id(),
          batch.paused() ? batch.state() + " (paused)" : batch.state(),
          batch.processor(),
          TextFormat.number(batch.counts().total()),
          TextFormat.number(batch.counts().succeeded()),
          TextFormat.number(batch.counts().failed()),
          TextFormat.percent(batch.progress().ratio()),
          TextFormat.time(batch.createdAt()),
          TextFormat.shortened(batch.name(), 40));
    }
    return table + nextPageHint(page.nextCursor());
  }

  static String items(Page<Item> page) {
    if (page.data().isEmpty()) {
      return "No items match.\n";
    }
    Table table = Table.of("ORDINAL", "REF", "STATE", "ATTEMPTS", "CREDITS", "FINISHED", "ABOUT");
    for (Item item : page.data()) {
      table.row(
          item.ordinal(),
          item.ref(),
          item.state(),
          item.attempts() == null ? null : item.attempts().size(),
          item.credits(),
          TextFormat.time(item.finishedAt()),
          TextFormat.shortened(errorOrInput(item), MAX_TEXT_LENGTH));
    }
    return table + nextPageHint(page.nextCursor());
  }

  private static @Nullable String errorOrInput(Item item) {
    if (item.error() != null) {
      return item.error().code() + ": " + item.error().message();
    }
    return TextFormat.json(item.input());
  }

  static String item(Item item) {
    Table table =
        Table.ofFacts()
            .row("item", item.ordinal())
            .fact("ref", item.ref())
            .row("state", item.state())
            .row("credits", item.credits())
            .fact("started", TextFormat.time(item.startedAt()))
            .fact("finished", TextFormat.time(item.finishedAt()))
            .fact("parent", TextFormat.json(item.parent()))
            .fact("children", TextFormat.json(item.children()))
            .fact("input", TextFormat.json(item.input()))
            .fact("output", TextFormat.json(item.output()))
            .fact("error", item.error() == null ? null : errorOrInput(item));
    return table.toString() + attempts(item);
  }

  private static String attempts(Item item) {
    if (item.attempts() == null || item.attempts().isEmpty()) {
      return "";
    }
    Table table = Table.of("ATTEMPT", "NODE", "STARTED", "FINISHED", "OUTCOME", "ERROR");
    for (Item.ItemAttempt attempt : item.attempts()) {
      table.row(
          attempt.number(),
          attempt.node(),
          TextFormat.time(attempt.startedAt()),
          TextFormat.time(attempt.finishedAt()),
          attempt.outcome(),
          attempt.error() == null ? "" : attempt.error().code() + ": " + attempt.error().message());
    }
    return "\n" + table;
  }

  static String receipt(Receipt receipt) {
    Table facts =
        Table.ofFacts()
            .row("receipt for", receipt.batchId())
            .row("cancelled", receipt.cancelledAt())
            .row("fence", "no item starts after epoch " + TextFormat.number(receipt.epoch()))
            .row("mode", mode(receipt))
            .fact("reason", receipt.reason())
            .fact("requested by", requester(receipt.requestedBy()));
    return facts + "\n" + counts(receipt);
  }

  private static String mode(Receipt receipt) {
    return switch (receipt.mode()) {
      case DRAIN -> "drain: running items finish and are charged";
      case INTERRUPT ->
          "interrupt: running items are stopped within "
              + receipt.graceSeconds()
              + " s and refunded";
    };
  }

  private static @Nullable String requester(Receipt.@Nullable Requester requester) {
    return requester == null
        ? null
        : "key " + requester.key() + " of account " + requester.account();
  }

  private static Table counts(Receipt receipt) {
    var counts = receipt.counts();
    var credits = receipt.credits();
    return Table.of("ITEMS", "", "CREDITS", "")
        .row(
            "stopped before they started",
            TextFormat.number(counts.stopped()),
            "refunded",
            TextFormat.number(credits.refunded()))
        .row(
            "running",
            TextFormat.number(counts.running()),
            "at stake",
            TextFormat.number(credits.atStake()))
        .row(
            "succeeded",
            TextFormat.number(counts.succeeded()),
            "charged",
            TextFormat.number(credits.charged()))
        .row("failed", TextFormat.number(counts.failed()))
        .row("cancelled one by one before", TextFormat.number(counts.cancelled()))
        .row("total", TextFormat.number(counts.total()));
  }

  static String preview(CancelPreview preview) {
    return Table.ofFacts()
        .row("state", preview.state())
        .row("would stop", TextFormat.items(preview.wouldStop()))
        .row("would refund", TextFormat.credits(preview.wouldRefund()))
        .row("running", TextFormat.items(preview.running()))
        .toString();
  }

  static String settlement(Settlement settlement) {
    Settlement.SettlementCredits credits = settlement.credits();
    return Table.ofFacts()
        .row("settlement", settlement.state())
        .fact("due", TextFormat.time(settlement.dueAt()))
        .fact("settled", TextFormat.time(settlement.settledAt()))
        .row("still running", TextFormat.number(settlement.running()))
        .row("succeeded", TextFormat.number(settlement.succeeded()))
        .row("failed", TextFormat.number(settlement.failed()))
        .row("cancelled", TextFormat.number(settlement.cancelled()))
        .row("interrupted", TextFormat.number(settlement.interrupted()))
        .row("abandoned", TextFormat.number(settlement.abandoned()))
        .fact("charged", credits == null ? null : TextFormat.credits(credits.charged()))
        .fact("refunded", credits == null ? null : TextFormat.credits(credits.refunded()))
        .toString();
  }

  static String nextPageHint(@Nullable String nextCursor) {
    return nextCursor == null ? "" : "Next page: add --cursor " + nextCursor + "\n";
  }
}
