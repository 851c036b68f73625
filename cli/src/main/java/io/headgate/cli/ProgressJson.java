package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.Batch;
import java.io.PrintStream;

/** The batch object, one line each time it has changed. */
final class ProgressJson implements ProgressView {

  private final PrintStream out;
  private String last = "";

  ProgressJson(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(Answer<Batch> now) {
    String json = now.json().replace("\n", "").strip(); // a line break in JSON text is escaped
    if (!json.equals(last)) {
      out.println(json);
      last = json;
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
