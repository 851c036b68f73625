package io.headgate.bench;

import io.headgate.bench.Workload.Tally;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Node.js job queue in its own process. Each command and each response is one line. */
final class NodeCompetitor implements Competitor {

  /** The query that summarizes the tables of a product at the end. */
  enum FinalStateQuery {
    PG_BOSS(
        "select state::text, count(*) from pgboss.job where name = 'nothing'"
            + " group by state order by state"),
    GRAPHILE_WORKER(
        "select case when attempts >= max_attempts then 'failed for good' else 'to run' end,"
            + " count(*) from graphile_worker.jobs group by 1 order by 1");

    private final String sql;

    FinalStateQuery(String sql) {
      this.sql = sql;
    }
  }

  private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(1);
  private static final int CONNECTIONS = 2;
  private static final int STOP_SECONDS = 10;
  private static final String END = "";

  private final CompetitorDatabase database;
  private final FinalStateQuery finalState;
  private final Process process;
  private final BufferedWriter commands;
  private final BlockingQueue<String> responses = new LinkedBlockingQueue<>();
  private final Thread onExit;
  private @Nullable Tally lastTally;

  private NodeCompetitor(
      CompetitorDatabase database, ProcessBuilder command, FinalStateQuery finalState)
      throws IOException {
    this.database = database;
    this.finalState = finalState;
    this.process = command.start();
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.onExit = Thread.ofPlatform().name("bench-node").unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onExit);
    Thread.ofVirtual().name("bench-node-output").start(this::read);
  }

  /** Starts the script on an empty database; {@code kind} selects its kind of cancel. */
  static NodeCompetitor start(
      BenchServer server, ProcessBuilder command, String kind, FinalStateQuery finalState)
      throws Exception {
    CompetitorDatabase database = CompetitorDatabase.open(server, CONNECTIONS);
    command.environment().put("COMPETITOR_DATABASE_URL", database.url());
    command.environment().put("COMPETITOR_CANCEL", kind);
    try {
      return new NodeCompetitor(database, command, finalState);
    } catch (IOException e) {
      database.close();
      throw new CancelMethod.NotMeasuredException("node is not installed");
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(responses::add);
    } catch (IOException | UncheckedIOException e) {
      // The pipe closes when the process stops; END below notifies a caller that still waits.
    } finally {
      responses.add(END);
    }
  }

  private JsonNode send(String command, Duration timeout) throws Exception {
    commands.write(command + "\n");
    commands.flush();
    String response = responses.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (response == null) {
      throw new TimeoutException(
          "no response to '" + command + "' in " + timeout.toSeconds() + " s");
    }
    if (response.equals(END)) {
      throw new IOException("the process ended before it responded to '" + command + "'");
    }
    JsonNode json = JsonMapper.shared().readTree(response);
    if (json.has("error")) {
      throw new IOException("'" + command + "' failed: " + json.path("error").asString());
    }
    return json;
  }

  @Override
  public void load(int jobs) throws Exception {
    try {
      send("load " + jobs, LOAD_TIMEOUT);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new CancelMethod.NotMeasuredException(NOT_LOADED);
    }
    database.execute("vacuum analyze");
  }

  @Override
  public void start() throws Exception {
    send("start", RESPONSE_TIMEOUT);
  }

  /** The current counts; after a cancel that exceeded its limit, the counts before it. */
  @Override
  public Tally tally() {
    if (lastTally != null) {
      return lastTally;
    }
    try {
      return tally(send("tally", RESPONSE_TIMEOUT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the counts", e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot read the counts", e);
    }
  }

  private static Tally tally(JsonNode json) {
    return new Tally(
        json.path("started").asLong(),
        json.path("running").asLong(),
        json.path("signalled").asLong());
  }

  @Override
  public CancelResult cancel(Duration limit) throws Exception {
    Tally before = tally();
    try {
      JsonNode json = send("cancel " + limit.toMillis(), limit.plus(RESPONSE_TIMEOUT));
      return new CancelResult(
          json.path("finished").asBoolean(),
          json.path("cancelled").asLong(),
          json.path("millis").asDouble(),
          json.path("reports").asString(),
          tally(json.path("before")),
          tally(json.path("answered")));
    } catch (TimeoutException e) {
      lastTally = before;
      process.destroyForcibly();
      return new CancelResult(
          false, 0, limit.plus(RESPONSE_TIMEOUT).toMillis(), "no response", before, before);
    }
  }

  @Override
  public void release() {
    if (lastTally == null) {
      try {
        send("release", RESPONSE_TIMEOUT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        throw new IllegalStateException("cannot end the long jobs", e);
      }
    }
  }

  @Override
  public String finalState() throws Exception {
    return database.summary(finalState.sql);
  }

  @Override
  public void close() throws IOException, SQLException {
    Runtime.getRuntime().removeShutdownHook(onExit);
    try (database) {
      if (process.isAlive()) {
        commands.write("stop\n");
        commands.flush();
      }
      awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
