package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.HeadgateClient;
import io.headgate.client.NewBatch;
import io.headgate.client.Response;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    description = {
      "Submit the items of a file of any size as a batch.",
      "In a plain text file, each line is an item, for example a URL."
    })
final class SubmitCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The file with the items; - for standard input")
  private String file = "";

  @Mixin private BatchOptions options = new BatchOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "ndjson, csv or lines; default: by the name and the content of the file")
  private ItemsSource.@Nullable ItemsFormat format;

  @Option(
      names = "--skip-bad-lines",
      description = "Store the valid lines and list the others, instead of storing nothing")
  private boolean skipBadLines;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "A repeat with the same key and file prints the first response again")
  private @Nullable String idempotencyKey;

  @Option(names = "--watch", description = "Watch the batch until it ends")
  private boolean watch;

  private final HeadgateCommand headgate;

  SubmitCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    NewBatch batch = newBatch();
    try (HeadgateClient client = headgate.client();
        InputStream in = open()) {
      Response<Batch> response = upload(client, batch, in);
      headgate.show(response, SubmitCommand::format);
      if (watch) {
        return WatchCommand.watch(headgate, client, response.value().id()).code();
      }
      headgate.hint(nextSteps(response.value().id()));
    }
    return ExitCode.OK.code();
  }

  private NewBatch newBatch() {
    try {
      return options.newBatch();
    } catch (IllegalArgumentException e) {
      throw headgate.usageError(String.valueOf(e.getMessage()));
    }
  }

  private InputStream open() throws IOException {
    if (file.equals("-")) {
      return headgate.terminal().in();
    }
    Path path = Path.of(file);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw headgate.usageError("no readable file '" + file + "'");
    }
    return Files.newInputStream(path);
  }

  private Response<Batch> upload(HeadgateClient client, NewBatch batch, InputStream in)
      throws IOException {
    HeadgateClient sender =
        idempotencyKey == null ? client : client.withIdempotencyKey(idempotencyKey);
    String onBadLine = skipBadLines ? "skip" : null;
    try (InputStream counted = headgate.terminal().interactive() ? withBar(in) : in;
        BufferedInputStream source = new BufferedInputStream(counted)) {
      ItemsSource.ItemsFormat itemsFormat =
          format == null ? ItemsSource.detect(file.equals("-") ? null : file, source) : format;
      return sender.submit(
          batch,
          ItemsSource.wireFormat(itemsFormat),
          ItemsSource.wireStream(itemsFormat, source),
          onBadLine);
    }
  }

  private InputStream withBar(InputStream in) throws IOException {
    ProgressBarBuilder bar =
        new ProgressBarBuilder()
            .setTaskName("upload")
            .setUnit(" MiB", 1 << 20)
            .setInitialMax(file.equals("-") ? -1 : Files.size(Path.of(file)))
            .setConsumer(new ConsoleProgressBarConsumer(headgate.terminal().err()));
    return ProgressBar.wrap(in, bar);
  }

  private static String format(Batch batch) {
    StringBuilder text = new StringBuilder();
    text.append(
        "batch %s: %s for %s, %s%n"
            .formatted(
                batch.id(),
                TextFormat.items(batch.counts().total()),
                batch.processor(),
                batch.state().toString().toLowerCase(Locale.ROOT)));
    if (batch.rejected() != null) {
      for (Batch.RejectedLine line : batch.rejected()) {
        String field = line.field() == null ? "" : line.field() + " ";
        text.append("  line %d skipped: %s%s%n".formatted(line.line(), field, line.message()));
      }
    }
    if (batch.rejectedCount() != null && batch.rejectedCount() > 0) {
      text.append("%s skipped in total%n".formatted(TextFormat.number(batch.rejectedCount())));
    }
    return text.toString();
  }

  private static String nextSteps(String id) {
    return """
    To watch:   headgate watch %1$s
    To cancel:  headgate cancel %1$s\
    """
        .formatted(id);
  }
}
