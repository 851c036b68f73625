package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.Response;

/** Shows the progress of a batch while it is watched. */
interface ProgressView extends AutoCloseable {

  void show(Response<Batch> now);

  @Override
  void close();

  /** A progress bar on a terminal, lines in a log, JSON lines with {@code --json}. */
  static ProgressView of(HeadgateCommand headgate) {
    Terminal terminal = headgate.terminal();
    if (headgate.json()) {
      return new JsonProgress(terminal.out());
    }
    return terminal.interactive()
        ? new TerminalProgress(terminal.out())
        : new LogProgress(terminal.out());
  }
}
