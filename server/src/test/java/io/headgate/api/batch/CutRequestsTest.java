package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.Audit;
import io.headgate.db.Database;
import io.headgate.db.FaultyPostgresProxy;
import io.headgate.db.FaultyPostgresProxy.FaultPoint;
import io.headgate.db.TestPostgres;
import io.headgate.http.TestClient.HttpReply;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Cuts the connection to PostgreSQL at every step of a request. The client gets 503, and a repeat
 * with the same idempotency key takes effect exactly once.
 */
class CutRequestsTest {

  private static Database direct;
  private static FaultyPostgresProxy line;
  private static BatchTestServer server;

  @BeforeAll
  static void open() {
    direct = TestPostgres.database();
    line = new FaultyPostgresProxy(direct);
    server = new BatchTestServer(line.open());
    server.submit(1);
  }

  @AfterAll
  static void close() {
    server.close();
    line.close();
    direct.close();
  }

  @AfterEach
  void the_audit_is_clean() {
    assertThat(new Audit(direct, server.clock).all().checks())
        .allSatisfy(check -> assertThat(check.violations()).isEmpty());
  }

  /** A request that takes effect once however often it is sent, and the check of that effect. */
  private record RequestTrial(Function<String, HttpReply> request, Runnable check) {}

  /** Cuts before and after step 1, 2, … until the request has no such step. */
  private static void cutEverywhere(
      IntFunction<RequestTrial> newTrial, int status, int fewestSteps) {
    for (FaultPoint cut : FaultPoint.values()) {
      int step = 1;
      while (wasCut(newTrial.apply(step), step, cut, status)) {
        step++;
      }
      assertThat(step - 1).as("steps").isGreaterThanOrEqualTo(fewestSteps);
    }
  }

  private static boolean wasCut(RequestTrial trial, int step, FaultPoint cut, int status) {
    String key = UUID.randomUUID().toString();
    line.breakAt(step, cut);
    HttpReply first = trial.request().apply(key);
    boolean wasCut = line.stopBreaking();
    assertThat(first.status()).as(first.text()).isIn(status, 503);
    HttpReply again = trial.request().apply(key);
    assertThat(again.status()).as("%s, cut %s %d", again.text(), cut, step).isEqualTo(status);
    if (first.status() == status) {
      assertThat(again.text()).isEqualTo(first.text());
    }
    trial.check().run();
    return wasCut;
  }

  private static int batches(String condition, UUID id) {
    return direct.read(tx ->
        tx.query("select count(*) from batch where " + condition)
            .bind("id", id)
            .mapTo(Integer.class)
            .one());
  }

  private static RequestTrial submit(String lines, int items) {
    String name = UUID.randomUUID().toString();
    return new RequestTrial(
        key ->
            server.post(
                "/v1/batches?processor=page&name=" + name,
                BatchTestServer.NDJSON,
                lines,
                "Idempotency-Key",
                key),
        () -> {
          assertThat(batches("name = cast(:id as text)", UUID.fromString(name))).isEqualTo(1);
          assertThat(itemsWithoutBatch()).isZero();
          assertThat(
                  batches(
                      "name = cast(:id as text) and total = %d".formatted(items),
                      UUID.fromString(name)))
              .isEqualTo(1);
        });
  }

  private static int itemsWithoutBatch() {
    return direct.read(tx ->
        tx.query(
                """
                select count(*) from item i
                where not exists (select from batch b where b.id = i.batch_id)
                """)
            .mapTo(Integer.class)
            .one());
  }

  @Test
  void a_submit() {
    cutEverywhere(step -> submit("\"a\"\n\"b\"\n", 2), 202, 8);
  }

  /** The first chunks are stored while later ones are still read. */
  @Test
  void a_submit_of_several_chunks() {
    String lines = ("\"" + "x".repeat(60_000) + "\"\n").repeat(40);
    cutEverywhere(step -> submit(lines, 40), 202, 12);
  }

  @Test
  void a_cancel() {
    cutEverywhere(
        step -> {
          UUID id = UUID.fromString(server.submit(3));
          return new RequestTrial(
              key ->
                  server.client.post(
                      "/v1/batches/%s/cancel".formatted(id), null, "Idempotency-Key", key),
              () -> assertThat(batches("id = :id and state = 'cancelled'", id)).isEqualTo(1));
        },
        200,
        8);
  }

  @Test
  void a_resubmit() {
    cutEverywhere(
        step -> {
          UUID id = UUID.fromString(server.submit(3));
          server.client.post("/v1/batches/%s/cancel".formatted(id), null);
          return new RequestTrial(
              key ->
                  server.client.post(
                      "/v1/batches/%s/resubmit".formatted(id), null, "Idempotency-Key", key),
              () -> assertThat(batches("resubmitted_from = :id", id)).isEqualTo(1));
        },
        202,
        8);
  }
}
