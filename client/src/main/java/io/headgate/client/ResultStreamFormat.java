package io.headgate.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads results as NDJSON and resumes them after the position of the last line. */
record ResultStreamFormat(Transport transport, String path, ResultQuery query)
    implements ResumableStream.StreamFormat<Result> {

  @Override
  public InputStream open(@Nullable String after) {
    Query url = parameters(Query.on(path), query.after(after));
    return transport.open(url, "application/x-ndjson", List.of());
  }

  @Override
  public @Nullable Result next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && line.isEmpty()) {
      line = lines.readLine(); // empty lines are keep-alives
    }
    if (line == null) {
      return null;
    }
    JsonNode json = Json.tree(line);
    if (json == null) {
      throw new IOException("a line of the results is incomplete");
    }
    return new Result(line, json);
  }

  @Override
  public @Nullable String positionOf(Result result) {
    return result.position();
  }

  @Override
  public boolean endsAfter(@Nullable Result last) {
    return true; // a broken connection throws, so a clean end is the end of the stream
  }

  static Query parameters(Query url, ResultQuery query) {
    return url.with("state", query.state())
        .with("after", query.after())
        .with("follow", query.follow() ? "true" : null);
  }
}
