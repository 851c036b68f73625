package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.ItemState;
import io.headgate.client.Result;
import io.headgate.client.ResultQuery;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "results",
    description = {
      "Print the results of a batch in the order in which its items ended, also while it runs.",
      "In the format ndjson, a broken connection is resumed."
    })
final class ResultsCommand implements Callable<Integer> {

  /** The formats of results. */
  enum ResultsFormat {
    NDJSON,
    CSV
  }

  @Parameters(paramLabel = "ID", description = "The batch")
  private String id = "";

  @Option(names = "--follow", description = "Wait for further results until the batch ends")
  private boolean follow;

  @Option(
      names = "--state",
      description = "Only items in this state: succeeded, failed or cancelled")
  private @Nullable ItemState state;

  @Option(names = "--after", paramLabel = "POSITION", description = "Continue after this position")
  private @Nullable String after;

  @Option(names = "--format", description = "ndjson or csv; default: ndjson")
  private ResultsFormat format = ResultsFormat.NDJSON;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file instead of standard output")
  private @Nullable Path file;

  private final HeadgateCommand headgate;

  ResultsCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() throws IOException {
    ResultQuery query = new ResultQuery(state, after, follow);
    try (HeadgateClient client = headgate.client()) {
      if (file == null) {
        write(client, query, headgate.terminal().out());
        return ExitCode.OK.code();
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        write(client, query, out);
      }
      headgate.terminal().err().println("Results written to " + file + ".");
      return ExitCode.OK.code();
    }
  }

  private void write(HeadgateClient client, ResultQuery query, OutputStream out)
      throws IOException {
    switch (format) {
      case NDJSON -> writeLines(client, query, out);
      case CSV -> {
        try (InputStream csv = client.resultsAsCsv(id, query)) {
          csv.transferTo(out);
        }
      }
    }
  }

  private void writeLines(HeadgateClient client, ResultQuery query, OutputStream out)
      throws IOException {
    try (Stream<Result> results = client.results(id, query)) {
      Iterator<Result> each = results.iterator();
      while (each.hasNext() && !outputClosed()) {
        out.write(each.next().line().getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        if (follow) {
          out.flush();
        }
      }
    }
  }

  /** True when standard output is closed, as by {@code headgate results ID | head}. */
  private boolean outputClosed() {
    return file == null && headgate.terminal().out().checkError();
  }
}
