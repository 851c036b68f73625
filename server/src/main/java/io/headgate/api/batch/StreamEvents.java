package io.headgate.api.batch;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.ItemState;
import io.headgate.http.ApiResponse;
import io.headgate.http.Json;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.BatchChangeReader;
import io.headgate.view.BatchChangeReader.BatchChanges;
import io.headgate.view.BatchProgress;
import io.headgate.view.ItemError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/batches/{id}/events}: streams server-sent events. The stream starts with the
 * current state and progress and ends with the batch. State changes are sent at once, progress at
 * most four times a second. Only the last event of each round has an id, so a client that
 * reconnects gets the events of an interrupted round again.
 */
record StreamEvents(BatchChangeReader events, ChangeNotifier notifier)
    implements Operation.KeyedOperation {

  private static final Pattern EVENT_ID = Pattern.compile("[0-9]{1,18}");

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/events");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    OptionalLong last = lastEvent(request);
    BatchChanges changes =
        events.since(caller.account(), id, last.orElse(0)).orElseThrow(Refusals::notFound);
    return ApiResponse.stream(
        "text/event-stream",
        out -> {
          try (StreamPacer pacer = notifier.newPacer(id)) {
            new EventStream(caller.account(), id, out, pacer).run(changes, last.isPresent());
          }
        });
  }

  private static OptionalLong lastEvent(Request request) {
    Optional<String> sent = request.header("Last-Event-ID");
    if (sent.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!EVENT_ID.matcher(sent.get()).matches()) {
      throw Refusals.parameter("Last-Event-ID", "must be the id of an event of this batch");
    }
    return OptionalLong.of(Long.parseLong(sent.get()));
  }

  record StateJson(BatchState state, boolean paused) {}

  record ProgressJson(
      BatchJson.CountsJson counts, BatchJson.CreditsJson credits, BatchProgress progress) {}

  record FailureJson(
      int ordinal, @Nullable String ref, ItemState state, ItemError error, Instant finishedAt) {}

  /** One connection. */
  private final class EventStream {

    private final UUID account;
    private final UUID batch;
    private final OutputStream out;
    private final StreamPacer pacer;
    private @Nullable StateJson lastState;
    private @Nullable ProgressJson lastProgress;
    private boolean progressPending;
    private long lastProgressNanos = System.nanoTime() - StreamPacer.PROGRESS_INTERVAL.toNanos();

    EventStream(UUID account, UUID batch, OutputStream out, StreamPacer pacer) {
      this.account = account;
      this.batch = batch;
      this.out = out;
      this.pacer = pacer;
    }

    /**
     * @param resumed whether the client continues an earlier stream; a new client gets no events
     *     for items that failed before it connected
     */
    void run(BatchChanges first, boolean resumed) throws IOException {
      Optional<BatchChanges> changes = Optional.of(first);
      boolean failures = resumed;
      while (changes.isPresent()) {
        boolean sent = sendChanges(changes.get(), failures);
        if (changes.get().batch().status().state().finished()) {
          send("end", changes.get().epoch(), Json.write(BatchJson.of(changes.get().batch())));
          out.flush();
          return;
        }
        awaitChange(sent);
        failures = true;
        changes = events.since(account, batch, changes.get().epoch());
      }
    }

    private void awaitChange(boolean sent) throws IOException {
      if (sent) {
        pacer.recordSent();
      } else if (pacer.keepAliveDue()) {
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      if (progressPending) {
        pacer.awaitChangeBriefly();
      } else {
        pacer.awaitChange();
      }
    }

    private boolean sendChanges(BatchChanges changes, boolean failures) throws IOException {
      StateJson state =
          new StateJson(changes.batch().status().state(), changes.batch().status().paused());
      ProgressJson progress =
          new ProgressJson(
              BatchJson.CountsJson.of(changes.batch().counts()),
              BatchJson.CreditsJson.of(changes.batch().credits()),
              changes.batch().progress());
      boolean newState = !state.equals(lastState);
      progressPending |=
          newState || lastProgress == null || !progress.counts().equals(lastProgress.counts());
      if (newState) {
        send("state", null, Json.write(state));
      }
      if (failures) {
        for (BatchChangeReader.ItemFailure failure : changes.failures()) {
          send("item", null, Json.write(failure(failure)));
        }
      }
      if (changes.receipt() != null) {
        send("receipt", null, changes.receipt().getBytes(StandardCharsets.UTF_8));
      }
      lastState = state;
      lastProgress = progress;
      return sendProgressIfDue(changes.epoch(), progress) || newState;
    }

    /** Sends the progress event unless the last one was sent less than 250 ms ago. */
    private boolean sendProgressIfDue(long epoch, ProgressJson progress) throws IOException {
      long now = System.nanoTime();
      if (!progressPending || now - lastProgressNanos < StreamPacer.PROGRESS_INTERVAL.toNanos()) {
        return false;
      }
      send("progress", epoch, Json.write(progress));
      progressPending = false;
      lastProgressNanos = now;
      return true;
    }

    private static FailureJson failure(BatchChangeReader.ItemFailure failure) {
      return new FailureJson(
          failure.position().ordinal(),
          failure.ref(),
          ItemState.FAILED,
          failure.error(),
          failure.finishedAt());
    }

    private void send(String name, @Nullable Long id, byte[] data) throws IOException {
      String head = (id == null ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: ";
      out.write(head.getBytes(StandardCharsets.UTF_8));
      out.write(data);
      out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
