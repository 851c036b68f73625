package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.Page;
import io.headgate.client.ProcessorInfo;
import picocli.CommandLine.Command;

@Command(name = "processors", description = "List the processors of the server.")
final class ProcessorsCommand implements Runnable {

  private final HeadgateCommand headgate;

  ProcessorsCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.processors(), ProcessorsCommand::format);
    }
  }

  private static String format(Page<ProcessorInfo> page) {
    Table table = Table.of("NAME", "READY", "CREDITS PER ITEM", "MISSING", "NOTES");
    for (ProcessorInfo processor : page.data()) {
      table.row(
          processor.name(),
          processor.ready() ? "yes" : "no",
          processor.creditsPerItem(),
          TextFormat.json(processor.missing()),
          TextFormat.json(processor.notes()));
    }
    return table.toString();
  }
}
