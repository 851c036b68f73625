package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.BatchState;
import io.headgate.client.Response;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Prints a line when the state changes, at every 10 % of progress, and every few seconds. */
final class LogProgress implements ProgressView {

  private static final int POLLS_BETWEEN_LINES = 40;

  private final PrintStream out;
  private @Nullable BatchState state;
  private long tenth = -1;
  private int polls;

  LogProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(Response<Batch> now) {
    Batch batch = now.value();
    long tenthNow = (long) (batch.progress().ratio() * 10);
    polls++;
    if (batch.state() != state || tenthNow != tenth || polls >= POLLS_BETWEEN_LINES) {
      out.println(line(batch));
      state = batch.state();
      tenth = tenthNow;
      polls = 0;
    }
  }

  @Override
  public void close() {
    out.flush();
  }

  static String line(Batch batch) {
    String done =
        TextFormat.number(batch.counts().settled())
            + " of "
            + TextFormat.items(batch.counts().total());
    String state = batch.state() + (batch.paused() ? ", paused" : "");
    return "%-10s  %s, %s%s"
        .formatted(
            state, done, TextFormat.percent(batch.progress().ratio()), rateAndFailures(batch));
  }

  /** The rate, the remaining time and the failed items. */
  static String rateAndFailures(Batch batch) {
    StringBuilder text = new StringBuilder();
    if (!batch.state().finished()) {
      text.append(", ").append(TextFormat.rate(batch.progress().itemsPerSecond()));
      Instant eta = batch.progress().eta();
      if (eta != null) {
        text.append(", ").append(TextFormat.duration(Duration.between(Instant.now(), eta)));
        text.append(" left");
      }
    }
    if (batch.counts().failed() > 0) {
      text.append(", ").append(TextFormat.number(batch.counts().failed())).append(" failed");
    }
    return text.toString();
  }
}
