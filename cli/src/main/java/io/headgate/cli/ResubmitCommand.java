package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Response;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "resubmit", description = "Create a new batch from the cancelled items of a batch.")
final class ResubmitCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  @Option(names = "--include-failed", description = "Include the failed items")
  private boolean includeFailed;

  @Option(names = "--watch", description = "Watch the new batch until it ends")
  private boolean watch;

  private final HeadgateCommand headgate;

  ResubmitCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (HeadgateClient client = headgate.client()) {
      Response<Batch> response = client.resubmit(id, includeFailed);
      String newId = response.value().id();
      headgate.show(response, ResubmitCommand::format);
      if (watch) {
        return WatchCommand.watch(headgate, client, newId).code();
      }
      headgate.hint("To watch: headgate watch " + newId);
    }
    return ExitCode.OK.code();
  }

  private static String format(Batch batch) {
    return "batch %s: %s of batch %s%n"
        .formatted(batch.id(), TextFormat.items(batch.counts().total()), batch.resubmittedFrom());
  }
}
