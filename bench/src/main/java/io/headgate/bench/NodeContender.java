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
final class NodeContender implements Contender {

  /** The query that summarizes the tables of a product at the end. */
  enum Left {
    PG_BOSS(
        "select state::text, count(*) from pgboss.job where name = 'nothing'"
            + " group by state order by state"),
    GRAPHILE_WORKER(
        "select case when attempts >= max_attempts then 'failed for good' else 'to run' end,"
            + " count(*) from graphile_worker.jobs group by 1 order by 1");

    private final String sql;

    Left(String sql) {
      this.sql = sql;
    }
  }

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CONNECTIONS = 2;
  private static final int STOP_SECONDS = 10;
  private static final String END = "";

  private final RivalDatabase database;
  private final Left left;
  private final Process process;
  private final BufferedWriter commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Thread onExit;
  private @Nullable Tally last;

  private NodeContender(RivalDatabase database, ProcessBuilder command, Left left)
      throws IOException {
    this.database = database;
    this.left = left;
    this.process = command.start();
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.onExit = Thread.ofPlatform().name("bench-node").unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onExit);
    Thread.ofVirtual().name("bench-node-output").start(this::read);
  }

  /** Starts the script on an empty database; {@code way} selects its kind of cancel. */
  static NodeContender start(House house, ProcessBuilder command, String way, Left left)
      throws Exception {
    RivalDatabase database = RivalDatabase.open(house, CONNECTIONS);
    command.environment().put("COMPETITOR_DATABASE_URL", database.url());
    command.environment().put("COMPETITOR_CANCEL", way);
    try {
      return new NodeContender(database, command, left);
    } catch (IOException e) {
      database.close();
      throw new Entrant.NotMeasured("node is not installed");
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException e) {
      // The pipe closes when the process stops; END below notifies a caller that still waits.
    } finally {
      answers.add(END);
    }
  }

  private JsonNode ask(String command, Duration patience) throws Exception {
    commands.write(command + "\n");
    commands.flush();
    String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new TimeoutException(
          "no response to '" + command + "' in " + patience.toSeconds() + " s");
    }
    if (answer.equals(END)) {
      throw new IOException("the process ended before it responded to '" + command + "'");
    }
    JsonNode json = JsonMapper.shared().readTree(answer);
    if (json.has("error")) {
      throw new IOException("'" + command + "' failed: " + json.path("error").asString());
    }
    return json;
  }

  @Override
  public void load(int jobs) throws Exception {
    try {
      ask("load " + jobs, LOADING);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new Entrant.NotMeasured(NOT_LOADED);
    }
    database.execute("vacuum analyze");
  }

  @Override
  public void start() throws Exception {
    ask("start", PATIENCE);
  }

  /** The current counts; after a cancel that exceeded its limit, the counts before it. */
  @Override
  public Tally tally() {
    if (last != null) {
      return last;
    }
    try {
      return tally(ask("tally", PATIENCE));
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
  public Cancelled cancel(Duration limit) throws Exception {
    Tally before = tally();
    try {
      JsonNode json = ask("cancel " + limit.toMillis(), limit.plus(PATIENCE));
      return new Cancelled(
          json.path("finished").asBoolean(),
          json.path("cancelled").asLong(),
          json.path("millis").asDouble(),
          json.path("reports").asString(),
          tally(json.path("before")),
          tally(json.path("answered")));
    } catch (TimeoutException e) {
      last = before;
      process.destroyForcibly();
      return new Cancelled(
          false, 0, limit.plus(PATIENCE).toMillis(), "no response", before, before);
    }
  }

  @Override
  public void release() {
    if (last == null) {
      try {
        ask("release", PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        throw new IllegalStateException("cannot end the long jobs", e);
      }
    }
  }

  @Override
  public String left() throws Exception {
    return database.lines(left.sql);
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
