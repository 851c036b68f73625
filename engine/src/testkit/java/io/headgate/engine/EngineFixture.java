package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.AttemptResult;
import io.headgate.batch.Ids;
import io.headgate.batch.Limits;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import io.headgate.db.Tx;
import io.headgate.engine.NewBatch.BatchOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An engine on a database of its own, with a clock that tests move and one node that they play. */
public final class EngineFixture implements AutoCloseable {

  public static final Duration LEASE = Duration.ofSeconds(15);

  public final Database database;
  private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");
  public final InstantSource clock = () -> now;
  public final Engine engine;
  public final Caller caller;
  public final long node;
  final Exchanger exchanger;

  public EngineFixture() {
    this(TestPostgres.database());
  }

  /**
   * @param database migrated and empty; closed with the fixture
   */
  public EngineFixture(Database database) {
    this.database = database;
    engine = new Engine(database, clock, LEASE, new Random(7));
    database.useTransaction(tx -> {
      tx.update("create table if not exists item_all partition of item default").execute();
      tx.update("create table if not exists result_all partition of result default").execute();
    });
    caller = account("default", null);
    node = engine.join("test-node", 1_000, List.of("noop"));
    exchanger = engine.exchanger(node);
  }

  /** A new account; {@code granted} null is without limit. */
  public Caller account(String name, @Nullable Long granted) {
    UUID id = Ids.next();
    database.useTransaction(tx ->
        tx.update(
                """
                insert into account (id, name, unlimited, granted, created_at)
                values (:id, :name, :unlimited, :granted, :now)
                """)
            .bind("id", id)
            .bind("name", name)
            .bind("unlimited", granted == null)
            .bind("granted", granted == null ? 0 : granted)
            .bind("now", now)
            .execute());
    return new Caller(id, name, "admin");
  }

  public void advance(Duration time) {
    now = now.plus(time);
  }

  public Instant now() {
    return now;
  }

  public static final BatchOrder ORDER =
      new BatchOrder(
          "noop",
          null,
          JsonMapper.shared().createObjectNode(),
          JsonMapper.shared().createObjectNode(),
          Limits.DEFAULT,
          0,
          null,
          null,
          3_600);

  public UUID submit(int items) {
    return submit(caller, items, ORDER);
  }

  public UUID submit(Caller by, int items, BatchOrder order) {
    UUID id = Ids.next();
    submitAs(id, by, items, order);
    return id;
  }

  /** Under an id of the test's own, as if it had been submitted at another time. */
  void submitAs(UUID id, int items) {
    submitAs(id, caller, items, ORDER);
  }

  private void submitAs(UUID id, Caller by, int items, BatchOrder order) {
    AdmissionResult admission =
        database.inTransactionIf(
            tx -> {
              copyItems(id, items, tx);
              return engine.admit(tx, new NewBatch(id, by.account(), order, items, 2, false, null));
            },
            AdmissionResult.Admitted.class::isInstance);
    if (!(admission instanceof AdmissionResult.Admitted)) {
      throw new IllegalStateException(admission.toString());
    }
  }

  /** A batch whose item 0 is the parent of all the others. */
  public UUID submitWithParent(int items) {
    return database.inTransaction(tx -> submitWithParentIn(tx, items));
  }

  /** The same, within a transaction that is still open. */
  UUID submitWithParentIn(Tx tx, int items) {
    UUID id = Ids.next();
    copyItems(id, items, tx);
    tx.update(
            """
            insert into item_relation (batch_id, ordinal, parent)
            select :id, n, 0 from generate_series(1, :last) n
            """)
        .bind("id", id)
        .bind("last", items - 1)
        .execute();
    engine.admit(tx, new NewBatch(id, caller.account(), ORDER, items, 2, true, null));
    return id;
  }

  private static void copyItems(UUID id, int items, Tx tx) {
    tx.update(
            """
            insert into item (batch_id, ordinal, ref, input)
            select :id, n, 'ref-' || n, '{}' from generate_series(0, :last) n
            """)
        .bind("id", id)
        .bind("last", items - 1)
        .execute();
  }

  public BatchOrder with(UnaryOperator<Limits> change) {
    return new BatchOrder(
        ORDER.processor(),
        ORDER.name(),
        ORDER.metadata(),
        ORDER.options(),
        change.apply(ORDER.limits()),
        ORDER.priority(),
        null,
        null,
        ORDER.retainSeconds());
  }

  public static Limits attempts(Limits limits, int attempts) {
    return new Limits(
        limits.concurrency(), limits.timeout(), attempts, limits.backoff(), limits.maxBackoff());
  }

  static Limits concurrency(Limits limits, int concurrency) {
    return new Limits(
        concurrency, limits.timeout(), limits.maxAttempts(), limits.backoff(), limits.maxBackoff());
  }

  public List<StartedAttempt> claim(int slots) {
    return exchanger.exchange(List.of(), demand(slots)).claims();
  }

  public static Demand demand(int slots) {
    return new Demand(slots, List.of("noop"), null);
  }

  public ExchangeResult settle(List<StartedAttempt> claims, AttemptResult ending) {
    return exchanger.exchange(settlements(claims, ending), Demand.NOTHING);
  }

  List<AttemptReport> settlements(List<StartedAttempt> claims, AttemptResult ending) {
    List<AttemptReport> settlements = new ArrayList<>();
    for (StartedAttempt claim : claims) {
      settlements.add(new AttemptReport(claim.token(), claim.batchId(), claim.ordinal(), ending, now));
    }
    return settlements;
  }

  public static final AttemptResult SUCCESS = new AttemptResult.AttemptSucceeded("{}");

  public static AttemptResult failure() {
    return new AttemptResult.AttemptFailed("boom", "it went wrong", true, Optional.empty());
  }

  /** The batch as it stands. */
  BatchRow batch(UUID id) {
    return database.read(tx -> BatchRowReader.read(tx, caller.account(), id)).orElseThrow();
  }

  long one(String sql, UUID batch) {
    return database.read(tx -> tx.query(sql).bind("batch", batch).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    database.close();
  }
}
