package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.ItemFilter;
import io.headgate.client.ItemState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "items", description = "List the items of a batch, or show one with its attempts.")
final class ItemsCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "ID", description = "The batch")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ORDINAL",
      description = "The ordinal of one item, counted from 0")
  private @Nullable Long ordinal;

  @Option(names = "--state", description = "Only items in this state: ${COMPLETION-CANDIDATES}")
  private @Nullable ItemState state;

  @Option(names = "--ref", description = "Only items with this ref")
  private @Nullable String ref;

  @Option(
      names = "--error",
      paramLabel = "CODE",
      description = "Only items that failed with this error code")
  private @Nullable String error;

  @Mixin private PageOptions page = new PageOptions();

  private final HeadgateCommand headgate;

  ItemsCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      if (ordinal != null) {
        headgate.show(client.item(id, ordinal), Views::item);
      } else {
        ItemFilter filter = new ItemFilter(state, ref, error);
        headgate.show(client.items(id, filter, page.request()), Views::items);
      }
    }
  }
}
