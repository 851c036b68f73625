package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.Page;
import io.headgate.client.ProcessorInfo;
import picocli.CommandLine.Command;

@Command(name = "processors", description = "List the processors of the server.")
final class ProcessorsCommand implements Runnable {

  private final Headgate headgate;

  ProcessorsCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.processors(), ProcessorsCommand::words);
    }
  }

  private static String words(Page<ProcessorInfo> page) {
    Table table = Table.of("NAME", "READY", "CREDITS PER ITEM", "MISSING", "NOTES");
    for (ProcessorInfo processor : page.data()) {
      table.row(
          processor.name(),
          processor.ready() ? "yes" : "no",
          processor.creditsPerItem(),
          Words.json(processor.missing()),
          Words.json(processor.notes()));
    }
    return table.toString();
  }
}
