package io.headgate.api.batch;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.batch.Caller;
import io.headgate.batch.ItemState;
import io.headgate.http.ApiResponse;
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
record StreamResults(Results results, ChangeNotifier notifier, ArtifactLinks links)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/results");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    Query query = request.query().requireOnly("state", "after", "follow");
    Optional<ItemState> state = settledState(query);
    Position after = query.text("after").map(StreamResults::position).orElse(Position.START);
    boolean follow = query.flag("follow");
    Results.ResultSlice first =
        results
            .after(caller.account(), id, state.orElse(null), after)
            .orElseThrow(Refusals::notFound);
    ResultStream stream =
        new ResultStream(
            results,
            caller.account(),
            state.orElse(null),
            ArtifactJson.ArtifactUrls.of(links, id, request));
    return prefersCsv(request)
        ? ApiResponse.stream(
            MediaTypes.CSV + "; charset=utf-8",
            out -> run(stream, follow, first, after, new CsvResultWriter(out)))
        : ApiResponse.stream(
            MediaTypes.NDJSON_RESPONSE,
            out -> run(stream, follow, first, after, new NdjsonResultWriter(out)));
  }

  private void run(
      ResultStream stream,
      boolean follow,
      Results.ResultSlice first,
      Position after,
      ResultWriter writer)
      throws IOException {
    if (!follow) {
      stream.run(first, after, writer, Optional.empty());
      return;
    }
    try (StreamPacer pacer = notifier.newPacer(stream.batch())) {
      stream.run(first, after, writer, Optional.of(pacer));
    }
  }

  private static Optional<ItemState> settledState(Query query) {
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

  private static boolean prefersCsv(Request request) {
    return request.prefers(MediaTypes.CSV, MediaTypes.NDJSON_RESPONSE);
  }

  /** Writes results in one format. */
  private interface ResultWriter {
    void write(ResultJson result) throws IOException;

    /** Flushes what was written. {@code idle} writes an empty line first, as a keep-alive. */
    void flush(boolean idle) throws IOException;
  }

  private record ResultStream(
      Results results, UUID account, @Nullable ItemState state, ArtifactJson.ArtifactUrls links) {

    UUID batch() {
      return links.batchId();
    }

    /**
     * @param pacer when to read again, for a stream that follows the batch; empty for a stream that
     *     ends with the last stored result
     */
    void run(
        Results.ResultSlice first, Position after, ResultWriter writer, Optional<StreamPacer> pacer)
        throws IOException {
      Optional<Results.ResultSlice> next = Optional.of(first);
      Position position = after;
      while (next.isPresent()) { // empty once retention has deleted the batch
        Results.ResultSlice chunk = next.get();
        for (ResultLine line : chunk.lines()) {
          writer.write(ResultJson.of(line, links));
        }
        if (chunk.ended() || (chunk.lines().isEmpty() && pacer.isEmpty())) {
          break;
        }
        if (pacer.isPresent()) {
          awaitChange(pacer.get(), chunk.lines().isEmpty(), writer);
        }
        position = chunk.next(position);
        next = results.after(account, batch(), state, position);
      }
      writer.flush(false);
    }

    private static void awaitChange(StreamPacer pacer, boolean nothingSent, ResultWriter writer)
        throws IOException {
      if (nothingSent) {
        writer.flush(pacer.keepAliveDue());
        pacer.awaitChange();
      } else {
        pacer.recordSent();
      }
    }
  }

  private static final class NdjsonResultWriter implements ResultWriter {

    private final OutputStream out;

    NdjsonResultWriter(OutputStream out) {
      this.out = new BufferedOutputStream(out, 65_536);
    }

    @Override
    public void write(ResultJson result) throws IOException {
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

  private static final class CsvResultWriter implements ResultWriter {

    private final Writer out;
    private final CsvWriter csv;

    CsvResultWriter(OutputStream out) {
      this.out =
          new OutputStreamWriter(new BufferedOutputStream(out, 65_536), StandardCharsets.UTF_8);
      this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(this.out);
      csv.writeRecord(ResultJson.COLUMNS);
    }

    @Override
    public void write(ResultJson result) {
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
