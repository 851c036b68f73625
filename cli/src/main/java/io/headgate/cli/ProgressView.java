package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.Batch;

/** How the progress of a batch is shown while it is watched. */
interface ProgressView extends AutoCloseable {

  void show(Answer<Batch> now);

  @Override
  void close();

  /** A bar for a person, lines for a log, the API's JSON line by line for a script. */
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
