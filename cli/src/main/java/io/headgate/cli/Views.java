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

  private static final int TEXT = 60;

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
        .fact("created", Words.time(batch.createdAt()))
        .fact("starts", Words.time(batch.startAt()))
        .fact("started", Words.time(batch.startedAt()))
        .fact("finished", Words.time(batch.finishedAt()))
        .fact("cancelled", Words.time(batch.cancelledAt()))
        .fact("expires", Words.time(batch.expiresAt()))
        .fact("resubmit of", batch.resubmittedFrom())
        .fact(
            "metadata",
            batch.metadata() == null || batch.metadata().isEmpty() ? null : batch.metadata())
        .fact("options", Words.json(batch.options()))
        .fact("limits", Words.json(batch.limits()))
        .row("settled", Words.percent(batch.progress().ratio()))
        .row("rate", Words.rate(batch.progress().itemsPerSecond()))
        .fact("eta", Words.time(batch.progress().eta()));
  }

  private static Table counts(Batch batch) {
    var counts = batch.counts();
    var credits = batch.credits();
    return Table.of("ITEMS", "", "CREDITS", "")
        .row(
            "pending", Words.number(counts.pending()), "reserved", Words.number(credits.reserved()))
        .row("running", Words.number(counts.running()), "charged", Words.number(credits.charged()))
        .row(
            "succeeded",
            Words.number(counts.succeeded()),
            "refunded",
            Words.number(credits.refunded()))
        .row("failed", Words.number(counts.failed()))
        .row("cancelled", Words.number(counts.cancelled()))
        .row("total", Words.number(counts.total()));
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
          Words.number(batch.counts().total()),
          Words.number(batch.counts().succeeded()),
          Words.number(batch.counts().failed()),
          Words.percent(batch.progress().ratio()),
          Words.time(batch.createdAt()),
          Words.shortened(batch.name(), 40));
    }
    return table + more(page.nextCursor());
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
          Words.time(item.finishedAt()),
          Words.shortened(about(item), TEXT));
    }
    return table + more(page.nextCursor());
  }

  private static @Nullable String about(Item item) {
    if (item.error() != null) {
      return item.error().code() + ": " + item.error().message();
    }
    return Words.json(item.input());
  }

  static String item(Item item) {
    Table table =
        Table.ofFacts()
            .row("item", item.ordinal())
            .fact("ref", item.ref())
            .row("state", item.state())
            .row("credits", item.credits())
            .fact("started", Words.time(item.startedAt()))
            .fact("finished", Words.time(item.finishedAt()))
            .fact("parent", Words.json(item.parent()))
            .fact("children", Words.json(item.children()))
            .fact("input", Words.json(item.input()))
            .fact("output", Words.json(item.output()))
            .fact("error", item.error() == null ? null : about(item));
    return table.toString() + attempts(item);
  }

  private static String attempts(Item item) {
    if (item.attempts() == null || item.attempts().isEmpty()) {
      return "";
    }
    Table table = Table.of("ATTEMPT", "NODE", "STARTED", "FINISHED", "OUTCOME", "ERROR");
    for (Item.Attempt attempt : item.attempts()) {
      table.row(
          attempt.number(),
          attempt.node(),
          Words.time(attempt.startedAt()),
          Words.time(attempt.finishedAt()),
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
            .row("fence", "no item starts after epoch " + Words.number(receipt.epoch()))
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
            Words.number(counts.stopped()),
            "refunded",
            Words.number(credits.refunded()))
        .row("running", Words.number(counts.running()), "at stake", Words.number(credits.atStake()))
        .row(
            "succeeded",
            Words.number(counts.succeeded()),
            "charged",
            Words.number(credits.charged()))
        .row("failed", Words.number(counts.failed()))
        .row("cancelled one by one before", Words.number(counts.cancelled()))
        .row("total", Words.number(counts.total()));
  }

  static String preview(CancelPreview preview) {
    return Table.ofFacts()
        .row("state", preview.state())
        .row("would stop", Words.items(preview.wouldStop()))
        .row("would refund", Words.credits(preview.wouldRefund()))
        .row("running", Words.items(preview.running()))
        .toString();
  }

  static String settlement(Settlement settlement) {
    Settlement.Credits credits = settlement.credits();
    return Table.ofFacts()
        .row("settlement", settlement.state())
        .fact("due", Words.time(settlement.dueAt()))
        .fact("settled", Words.time(settlement.settledAt()))
        .row("still running", Words.number(settlement.running()))
        .row("succeeded", Words.number(settlement.succeeded()))
        .row("failed", Words.number(settlement.failed()))
        .row("cancelled", Words.number(settlement.cancelled()))
        .row("interrupted", Words.number(settlement.interrupted()))
        .row("abandoned", Words.number(settlement.abandoned()))
        .fact("charged", credits == null ? null : Words.credits(credits.charged()))
        .fact("refunded", credits == null ? null : Words.credits(credits.refunded()))
        .toString();
  }

  static String more(@Nullable String nextCursor) {
    return nextCursor == null ? "" : "Next page: add --cursor " + nextCursor + "\n";
  }
}
