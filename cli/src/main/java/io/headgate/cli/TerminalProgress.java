package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.Response;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a progress bar. */
final class TerminalProgress implements ProgressView {

  private static final int WIDTH = 110;
  private static final int REDRAW_MILLIS = 100;

  private final PrintStream out;
  private @Nullable ProgressBar bar;

  TerminalProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(Response<Batch> now) {
    Batch batch = now.value();
    if (bar == null) {
      bar = start(batch);
    }
    bar.stepTo(batch.counts().settled());
    bar.setExtraMessage(batch.state() + LogProgress.rateAndFailures(batch));
  }

  private ProgressBar start(Batch batch) {
    return new ProgressBarBuilder()
        .setTaskName(batch.processor())
        .setInitialMax(batch.counts().total())
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .hideEta()
        .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      out.flush();
    }
  }
}
