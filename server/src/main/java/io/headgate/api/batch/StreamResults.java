package io.headgate.api.batch;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.batch.Caller;
import io.headgate.batch.ItemState;
import io.headgate.http.Answer;
import io.headgate.http.Json;
import io.headgate.http.Operation;
import io.headgate.http.Query;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.Position;
import io.headgate.view.ResultLine;
import io.headgate.view.Results;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/batches/{id}/results}: streams settled items in settle order, as NDJSON or CSV.
 * With {@code follow=true} the stream ends with the batch; while nothing settles, an empty line
 * every 15 seconds keeps the connection open.
 */
record StreamResults(Results results, Bell bell, ArtifactLinks links) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/results");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    UUID id = request.pathId("id");
    Query query = request.query().only("state", "after", "follow");
    Optional<ItemState> state = settled(query);
    Position after = query.text("after").map(StreamResults::position).orElse(Position.START);
    boolean follow = query.flag("follow");
    Results.Chunk first =
        results
            .after(caller.account(), id, state.orElse(null), after)
            .orElseThrow(Refusals::notFound);
    Reading reading =
        new Reading(
            results,
            caller.account(),
            state.orElse(null),
            ArtifactJson.Linker.of(links, id, request));
    return csvWanted(request)
        ? Answer.stream(
            MediaTypes.CSV + "; charset=utf-8",
            out -> run(reading, follow, first, after, new Csv(out)))
        : Answer.stream(
            MediaTypes.NDJSON_WRITTEN, out -> run(reading, follow, first, after, new Ndjson(out)));
  }

  private void run(
      Reading reading, boolean follow, Results.Chunk first, Position after, Lines lines)
      throws IOException {
    if (!follow) {
      reading.run(first, after, lines, Optional.empty());
      return;
    }
    try (Pace pace = bell.pace(reading.batch())) {
      reading.run(first, after, lines, Optional.of(pace));
    }
  }

  private static Optional<ItemState> settled(Query query) {
    Optional<ItemState> state = ListItems.state(query);
    if (state.isPresent() && !state.get().settled()) {
      throw Refusals.parameter("state", "must be one of succeeded, failed, cancelled");
    }
    return state;
  }

  private static Position position(String text) {
    return Position.parse(text)
        .orElseThrow(() -> Refusals.parameter("after", "must be the position of a result"));
  }

  private static boolean csvWanted(Request request) {
    return request.prefers(MediaTypes.CSV, MediaTypes.NDJSON_WRITTEN);
  }

  /** Writes results in one format. */
  private interface Lines {
    void line(ResultJson result) throws IOException;

    /** Flushes what was written. {@code idle} writes an empty line first, as a keep-alive. */
    void flush(boolean idle) throws IOException;
  }

  private record Reading(
      Results results, UUID account, @Nullable ItemState state, ArtifactJson.Linker links) {

    UUID batch() {
      return links.batchId();
    }

    /**
     * @param pace when to read again, for a stream that follows the batch; empty for a stream that
     *     ends with the last stored result
     */
    void run(Results.Chunk first, Position after, Lines lines, Optional<Pace> pace)
        throws IOException {
      Optional<Results.Chunk> next = Optional.of(first);
      Position position = after;
      while (next.isPresent()) { // empty once retention has deleted the batch
        Results.Chunk chunk = next.get();
        for (ResultLine line : chunk.lines()) {
          lines.line(ResultJson.of(line, links));
        }
        if (chunk.ended() || (chunk.lines().isEmpty() && pace.isEmpty())) {
          break;
        }
        if (pace.isPresent()) {
          rest(pace.get(), chunk.lines().isEmpty(), lines);
        }
        position = chunk.next(position);
        next = results.after(account, batch(), state, position);
      }
      lines.flush(false);
    }

    private static void rest(Pace pace, boolean quiet, Lines lines) throws IOException {
      if (quiet) {
        lines.flush(pace.signOfLifeDue());
        pace.rest();
      } else {
        pace.busy();
      }
    }
  }

  private static final class Ndjson implements Lines {

    private final OutputStream out;

    Ndjson(OutputStream out) {
      this.out = new BufferedOutputStream(out, 65_536);
    }

    @Override
    public void line(ResultJson result) throws IOException {
      out.write(Json.write(result));
      out.write('\n');
    }

    @Override
    public void flush(boolean idle) throws IOException {
      if (idle) {
        out.write('\n');
      }
      out.flush();
    }
  }

  private static final class Csv implements Lines {

    private final Writer out;
    private final CsvWriter csv;

    Csv(OutputStream out) {
      this.out =
          new OutputStreamWriter(new BufferedOutputStream(out, 65_536), StandardCharsets.UTF_8);
      this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(this.out);
      csv.writeRecord(ResultJson.COLUMNS);
    }

    @Override
    public void line(ResultJson result) {
      csv.writeRecord(result.row());
    }

    @Override
    public void flush(boolean idle) throws IOException {
      if (idle) {
        out.write("\r\n");
      }
      csv.flush();
      out.flush();
    }
  }
}
