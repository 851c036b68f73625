package io.headgate.cli;

import io.headgate.client.Delivery;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Page;
import io.headgate.client.Webhook;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "webhooks", description = "Send events to a URL and list the deliveries.")
final class WebhooksCommand implements Runnable {

  @Mixin private PageOptions page = new PageOptions();

  private final Headgate headgate;

  private WebhooksCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  static CommandLine withParts(Headgate headgate) {
    return new CommandLine(new WebhooksCommand(headgate))
        .addSubcommand(new WebhooksListCommand(headgate))
        .addSubcommand(new WebhooksCreateCommand(headgate))
        .addSubcommand(new WebhooksShowCommand(headgate))
        .addSubcommand(new WebhooksPauseCommand(headgate))
        .addSubcommand(new WebhooksResumeCommand(headgate))
        .addSubcommand(new WebhooksDeleteCommand(headgate))
        .addSubcommand(new WebhooksTestCommand(headgate))
        .addSubcommand(new WebhooksDeliveriesCommand(headgate))
        .addSubcommand(new WebhooksRedeliverCommand(headgate));
  }

  @Override
  public void run() {
    list(headgate, page);
  }

  static void list(Headgate headgate, PageOptions page) {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.webhooks().list(page.request()), WebhooksCommand::words);
    }
  }

  private static String words(Page<Webhook> page) {
    Table table = Table.of("ID", "STATE", "DELIVERED", "FAILED", "EVENTS", "URL");
    for (Webhook webhook : page.data()) {
      table.row(
          webhook.id(),
          webhook.state(),
          Words.number(webhook.delivered()),
          Words.number(webhook.failedAttempts()),
          String.join(",", webhook.events()),
          Words.shortened(webhook.url(), 60));
    }
    return table + Views.more(page.nextCursor());
  }

  /** Says how to resume a paused or failed webhook; empty for an active one. */
  static String advice(Webhook webhook) {
    return switch (webhook.state()) {
      case "paused" -> "Events wait. To resume: headgate webhooks resume " + webhook.id() + "\n";
      case "failed" ->
          "New events are discarded. When the receiver works again: headgate webhooks resume "
              + webhook.id()
              + "\n";
      default -> "";
    };
  }

  static String facts(Webhook webhook) {
    Delivery.Attempt last = webhook.lastAttempt();
    return Table.ofFacts()
        .row("webhook", webhook.id())
        .row("url", webhook.url())
        .row("events", String.join(",", webhook.events()))
        .row("state", webhook.state())
        .fact("reason", webhook.reason())
        .fact("created", Words.time(webhook.createdAt()))
        .row("delivered", Words.number(webhook.delivered()))
        .row("failed attempts", Words.number(webhook.failedAttempts()))
        .fact("last attempt", last == null ? null : words(last))
        .fact("secret", webhook.secret())
        .toString();
  }

  static String facts(Delivery delivery) {
    return Table.ofFacts()
        .row("delivery", delivery.id())
        .row("event", delivery.event())
        .fact("batch", delivery.batchId())
        .row("state", delivery.state())
        .fact("next attempt", Words.time(delivery.nextAttemptAt()))
        .toString();
  }

  /** Formats an attempt as one line. */
  static String words(Delivery.Attempt attempt) {
    String how = attempt.error() == null ? "delivered" : attempt.error();
    return Words.time(attempt.at()) + ", " + how + " after " + attempt.durationSeconds() + " s";
  }
}
