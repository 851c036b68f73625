package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.Node;
import io.headgate.client.Page;
import picocli.CommandLine.Command;

@Command(name = "nodes", description = "List the nodes of the cluster.")
final class NodesCommand implements Runnable {

  private final HeadgateCommand headgate;

  NodesCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.nodes(), NodesCommand::format);
    }
  }

  private static String format(Page<Node> page) {
    Table table = Table.of("ID", "STARTED", "LAST SEEN", "BUSY", "SLOTS", "PROCESSORS");
    for (Node node : page.data()) {
      table.row(
          node.id(),
          TextFormat.time(node.startedAt()),
          TextFormat.time(node.lastSeenAt()),
          node.slots() == null ? null : node.slots().busy(),
          node.slots() == null ? null : node.slots().total(),
          node.processors() == null ? null : String.join(",", node.processors()));
    }
    return table.toString();
  }
}
