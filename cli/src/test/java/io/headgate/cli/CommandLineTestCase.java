package io.headgate.cli;

import io.headgate.stub.StubServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base of tests: runs commands in this process against a {@link StubServer} and captures their
 * output.
 */
abstract class CommandLineTestCase {

  static final String ID = "01993e5c-0000-7000-8000-000000000001";
  static final String BATCH = "/v1/batches/" + ID;

  /** The exit code and the output of a command. */
  record CommandResult(int code, String out, String err) {}

  StubServer server;
  final Map<String, String> environment = new HashMap<>();
  final List<Duration> sleeps = new ArrayList<>();
  String standardInput = "";

  CommandLineTestCase() throws IOException {
    server = new StubServer();
  }

  @BeforeEach
  void setServerAndKey() {
    environment.put("HEADGATE_URL", server.url().toString());
    environment.put("HEADGATE_API_KEY", "hg_test");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  CommandResult run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            false,
            sleeps::add);
    int code = Main.commandLine(terminal).execute(args);
    return new CommandResult(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static String batch(String state, int pending, int running, int succeeded, int failed) {
    int total = pending + running + succeeded + failed;
    int settled = succeeded + failed;
    return """
    {"id":"%s","name":"nightly","processor":"scrape","state":"%s","paused":false,"metadata":{},
     "counts":{"total":%d,"pending":%d,"running":%d,"succeeded":%d,"failed":%d,"cancelled":0},
     "credits":{"per_item":1,"reserved":%d,"charged":%d,"refunded":%d},
     "progress":{"settled":%d,"ratio":%s,"items_per_second":120.4,"eta":null},
     "options":{},"limits":{},"priority":0,"created_at":"2026-11-21T10:00:00.000Z"}
    """
        .formatted(
            ID,
            state,
            total,
            pending,
            running,
            succeeded,
            failed,
            pending + running,
            succeeded,
            failed,
            settled,
            (double) settled / total);
  }

  static String receipt() {
    return """
    {"batch_id":"%s","cancelled_at":"2026-11-21T10:00:00.123Z","epoch":8123,
     "mode":"drain","grace_seconds":30,"reason":"wrong list",
     "requested_by":{"account":"default","key":"admin"},
     "counts":{"total":1000,"stopped":400,"running":64,"succeeded":530,"failed":6,"cancelled":0},
     "credits":{"per_item":1,"refunded":400,"at_stake":64,"charged":530}}
    """
        .formatted(ID);
  }

  static String problem(int status, String code) {
    return "{\"type\":\"/problems/%s\",\"title\":\"Refused\",\"status\":%d,\"detail\":\"no\",\"code\":\"%s\"}"
        .formatted(code, status, code);
  }

  /** Responds with one body after the other, and then always with the last one. */
  void respondInTurn(String call, String... bodies) {
    List<String> remaining = new ArrayList<>(Stream.of(bodies).toList());
    server.handle(
        call,
        exchange -> {
          synchronized (remaining) {
            StubServer.send(
                exchange,
                200,
                remaining.size() > 1 ? remaining.removeFirst() : remaining.getFirst());
          }
        });
  }
}
