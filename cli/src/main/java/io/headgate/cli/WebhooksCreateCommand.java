package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.NewWebhook;
import io.headgate.client.Response;
import io.headgate.client.Webhook;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = "Send events to a URL, and print the secret that verifies their signatures.")
final class WebhooksCreateCommand implements Runnable {

  @Parameters(paramLabel = "TARGET", description = "The http or https URL that receives events")
  private String target = "";

  @Option(
      names = "--event",
      split = ",",
      description = "An event to send, such as batch.completed; repeatable; default: all events")
  private List<String> events = new ArrayList<>();

  private final HeadgateCommand headgate;

  WebhooksCreateCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    NewWebhook webhook = new NewWebhook(target, events.isEmpty() ? null : events);
    try (HeadgateClient client = headgate.client()) {
      Response<Webhook> created = client.webhooks().create(webhook);
      headgate.show(created, WebhooksCommand::facts);
      headgate.hint("Keep the secret: it will not be shown again.");
      headgate.hint("To test it: headgate webhooks test " + created.value().id());
    }
  }
}
