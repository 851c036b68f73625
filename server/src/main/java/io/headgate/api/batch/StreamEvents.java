package io.headgate.api.batch;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.ItemState;
import io.headgate.http.Answer;
import io.headgate.http.Json;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.BatchEvents;
import io.headgate.view.BatchEvents.News;
import io.headgate.view.ItemError;
import io.headgate.view.Progress;
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
record StreamEvents(BatchEvents events, Bell bell) implements Operation.Keyed {

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
  public Answer answer(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().only();
    OptionalLong last = lastEvent(request);
    News news = events.since(caller.account(), id, last.orElse(0)).orElseThrow(Refusals::notFound);
    return Answer.stream(
        "text/event-stream",
        out -> {
          try (Pace pace = bell.pace(id)) {
            new Telling(caller.account(), id, out, pace).run(news, last.isPresent());
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
      BatchJson.CountsJson counts, BatchJson.CreditsJson credits, Progress progress) {}

  record FailureJson(
      int ordinal, @Nullable String ref, ItemState state, ItemError error, Instant finishedAt) {}

  /** One connection. */
  private final class Telling {

    private final UUID account;
    private final UUID batch;
    private final OutputStream out;
    private final Pace pace;
    private @Nullable StateJson told;
    private @Nullable ProgressJson toldProgress;
    private boolean progressOwed;
    private long progressAt = System.nanoTime() - Pace.MOMENT.toNanos();

    Telling(UUID account, UUID batch, OutputStream out, Pace pace) {
      this.account = account;
      this.batch = batch;
      this.out = out;
      this.pace = pace;
    }

    /**
     * @param resumed whether the client continues an earlier stream; a new client gets no events
     *     for items that failed before it connected
     */
    void run(News first, boolean resumed) throws IOException {
      Optional<News> news = Optional.of(first);
      boolean failures = resumed;
      while (news.isPresent()) {
        boolean spoke = tell(news.get(), failures);
        if (news.get().batch().status().state().finished()) {
          send("end", news.get().epoch(), Json.write(BatchJson.of(news.get().batch())));
          out.flush();
          return;
        }
        rest(spoke);
        failures = true;
        news = events.since(account, batch, news.get().epoch());
      }
    }

    private void rest(boolean spoke) throws IOException {
      if (spoke) {
        pace.busy();
      } else if (pace.signOfLifeDue()) {
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      if (progressOwed) {
        pace.restForAMoment();
      } else {
        pace.rest();
      }
    }

    private boolean tell(News news, boolean failures) throws IOException {
      StateJson state =
          new StateJson(news.batch().status().state(), news.batch().status().paused());
      ProgressJson progress =
          new ProgressJson(
              BatchJson.CountsJson.of(news.batch().counts()),
              BatchJson.CreditsJson.of(news.batch().credits()),
              news.batch().progress());
      boolean newState = !state.equals(told);
      progressOwed |=
          newState || toldProgress == null || !progress.counts().equals(toldProgress.counts());
      if (newState) {
        send("state", null, Json.write(state));
      }
      if (failures) {
        for (BatchEvents.Failure failure : news.failures()) {
          send("item", null, Json.write(failure(failure)));
        }
      }
      if (news.receipt() != null) {
        send("receipt", null, news.receipt().getBytes(StandardCharsets.UTF_8));
      }
      told = state;
      toldProgress = progress;
      return progressIfDue(news.epoch(), progress) || newState;
    }

    /** Sends the progress event unless the last one was sent less than 250 ms ago. */
    private boolean progressIfDue(long epoch, ProgressJson progress) throws IOException {
      long now = System.nanoTime();
      if (!progressOwed || now - progressAt < Pace.MOMENT.toNanos()) {
        return false;
      }
      send("progress", epoch, Json.write(progress));
      progressOwed = false;
      progressAt = now;
      return true;
    }

    private static FailureJson failure(BatchEvents.Failure failure) {
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
