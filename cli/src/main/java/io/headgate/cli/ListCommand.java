package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List batches, newest first.")
final class ListCommand implements Runnable {

  @Mixin private FilterOptions filter = new FilterOptions();

  @Mixin private PageOptions page = new PageOptions();

  private final HeadgateCommand headgate;

  ListCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.batches(filter.filter(), page.request()), Views::batches);
    }
  }
}
