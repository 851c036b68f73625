package io.headgate.cli;

import io.headgate.client.Delivery;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Page;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "deliveries",
    description = "List the deliveries of a webhook, including waiting ones.")
final class WebhooksDeliveriesCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The webhook")
  private String id = "";

  @Option(names = "--state", description = "pending, delivered or failed; default: all")
  private @Nullable String state;

  @Mixin private PageOptions page = new PageOptions();

  private final HeadgateCommand headgate;

  WebhooksDeliveriesCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(
          client.webhooks().deliveries(id, state, page.request()),
          WebhooksDeliveriesCommand::format);
    }
  }

  private static String format(Page<Delivery> page) {
    Table table = Table.of("ID", "EVENT", "STATE", "CREATED", "ATTEMPTS", "NEXT", "LAST");
    for (Delivery delivery : page.data()) {
      table.row(
          delivery.id(),
          delivery.event(),
          delivery.state(),
          TextFormat.time(delivery.createdAt()),
          delivery.attempts().size(),
          TextFormat.time(delivery.nextAttemptAt()),
          delivery.attempts().isEmpty()
              ? null
              : WebhooksCommand.format(delivery.attempts().getLast()));
    }
    return table + Views.nextPageHint(page.nextCursor());
  }
}
