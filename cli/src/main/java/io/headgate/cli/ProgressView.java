package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.Batch;

/** Shows the progress of a batch while it is watched. */
interface ProgressView extends AutoCloseable {

  void show(Answer<Batch> now);

  @Override
  void close();

  /** A progress bar on a terminal, lines in a log, JSON lines with {@code --json}. */
  static ProgressView of(Headgate headgate) {
    Terminal terminal = headgate.terminal();
    if (headgate.json()) {
      return new ProgressJson(terminal.out());
    }
    return terminal.interactive()
        ? new ProgressOnTerminal(terminal.out())
        : new ProgressInLog(terminal.out());
  }
}
