package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.HeadgateClient;
import io.headgate.client.NewWebhook;
import io.headgate.client.Webhook;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = "Have events sent to a URL, and print what their signatures are checked with.")
final class WebhooksCreateCommand implements Runnable {

  @Parameters(paramLabel = "TARGET", description = "The http or https URL to send events to")
  private String target = "";

  @Option(
      names = "--event",
      split = ",",
      description = "Such as batch.completed; repeatable; else all events")
  private List<String> events = new ArrayList<>();

  private final Headgate headgate;

  WebhooksCreateCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    NewWebhook webhook = new NewWebhook(target, events.isEmpty() ? null : events);
    try (HeadgateClient client = headgate.client()) {
      Answer<Webhook> made = client.webhooks().create(webhook);
      headgate.show(made, WebhooksCommand::facts);
      headgate.hint("Keep the secret: it will not be shown again.");
      headgate.hint("Try it out: headgate webhooks test " + made.value().id());
    }
  }
}
