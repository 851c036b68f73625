package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.Batch;
import io.headgate.client.BatchState;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Prints a line when the state changes, at every 10 % of progress, and every few seconds. */
final class ProgressInLog implements ProgressView {

  private static final int LOOKS_BETWEEN_LINES = 40;

  private final PrintStream out;
  private @Nullable BatchState state;
  private long tenth = -1;
  private int looks;

  ProgressInLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(Answer<Batch> now) {
    Batch batch = now.value();
    long tenthNow = (long) (batch.progress().ratio() * 10);
    looks++;
    if (batch.state() != state || tenthNow != tenth || looks >= LOOKS_BETWEEN_LINES) {
      out.println(line(batch));
      state = batch.state();
      tenth = tenthNow;
      looks = 0;
    }
  }

  @Override
  public void close() {
    out.flush();
  }

  static String line(Batch batch) {
    String done =
        Words.number(batch.counts().settled()) + " of " + Words.items(batch.counts().total());
    String state = batch.state() + (batch.paused() ? ", paused" : "");
    return "%-10s  %s, %s%s"
        .formatted(state, done, Words.percent(batch.progress().ratio()), pace(batch));
  }

  /** The rate, the remaining time and the failed items. */
  static String pace(Batch batch) {
    StringBuilder pace = new StringBuilder();
    if (!batch.state().finished()) {
      pace.append(", ").append(Words.rate(batch.progress().itemsPerSecond()));
      Instant eta = batch.progress().eta();
      if (eta != null) {
        pace.append(", ").append(Words.duration(Duration.between(Instant.now(), eta)));
        pace.append(" left");
      }
    }
    if (batch.counts().failed() > 0) {
      pace.append(", ").append(Words.number(batch.counts().failed())).append(" failed");
    }
    return pace.toString();
  }
}
