package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.Response;
import java.io.PrintStream;

/** Prints the batch as one line of JSON each time it changes. */
final class JsonProgress implements ProgressView {

  private final PrintStream out;
  private String last = "";

  JsonProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(Response<Batch> now) {
    String json =
        now.json().replace("\n", "").strip(); // strings in JSON contain no raw line breaks
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
