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

  private final HeadgateCommand headgate;

  private WebhooksCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  static CommandLine withSubcommands(HeadgateCommand headgate) {
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

  static void list(HeadgateCommand headgate, PageOptions page) {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.webhooks().list(page.request()), WebhooksCommand::format);
    }
  }

  private static String format(Page<Webhook> page) {
    Table table = Table.of("ID", "STATE", "DELIVERED", "FAILED", "EVENTS", "URL");
    for (Webhook webhook : page.data()) {
      table.row(
          webhook.id(),
          webhook.state(),
          TextFormat.number(webhook.delivered()),
          TextFormat.number(webhook.failedAttempts()),
          String.join(",", webhook.events()),
          TextFormat.shortened(webhook.url(), 60));
    }
    return table + Views.nextPageHint(page.nextCursor());
  }

  /** Returns how to resume a paused or failed webhook; empty for an active one. */
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
    Delivery.DeliveryAttempt last = webhook.lastAttempt();
    return Table.ofFacts()
        .row("webhook", webhook.id())
        .row("url", webhook.url())
        .row("events", String.join(",", webhook.events()))
        .row("state", webhook.state())
        .fact("reason", webhook.reason())
        .fact("created", TextFormat.time(webhook.createdAt()))
        .row("delivered", TextFormat.number(webhook.delivered()))
        .row("failed attempts", TextFormat.number(webhook.failedAttempts()))
        .fact("last attempt", last == null ? null : format(last))
        .fact("secret", webhook.secret())
        .toString();
  }

  static String facts(Delivery delivery) {
    return Table.ofFacts()
        .row("delivery", delivery.id())
        .row("event", delivery.event())
        .fact("batch", delivery.batchId())
        .row("state", delivery.state())
        .fact("next attempt", TextFormat.time(delivery.nextAttemptAt()))
        .toString();
  }

  /** Formats an attempt as one line. */
  static String format(Delivery.DeliveryAttempt attempt) {
    String outcome = attempt.error() == null ? "delivered" : attempt.error();
    return TextFormat.time(attempt.at())
        + ", "
        + outcome
        + " after "
        + attempt.durationSeconds()
        + " s";
  }
}
