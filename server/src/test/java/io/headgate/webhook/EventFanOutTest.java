package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.engine.EngineFixture;
import io.headgate.engine.StartedAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the events that the engine appends become deliveries, each once and in order. */
class EventFanOutTest extends WebhookTestBase {

  private long rows(String table) {
    return fixture.database.read(
        tx -> tx.query("select count(*) from " + table).mapTo(Long.class).one());
  }

  /** On a connection of its own: on one thread, transactions would share one. */
  private static <T> T onAnotherConnection(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread)
        .orTimeout(4, TimeUnit.SECONDS)
        .join();
  }

  private void complete(int batches) {
    IntStream.range(0, batches).forEach(i -> runItems(fixture.submit(1), EngineFixture.SUCCESS));
  }

  @Test
  void the_engine_writes_one_row_per_event_however_many_endpoints_listen() {
    IntStream.range(0, 3).forEach(i -> endpoint("/hook", "batch.started", "batch.completed"));
    complete(1);
    assertThat(rows("event")).isEqualTo(2);
    assertThat(rows("webhook_delivery")).isZero();

    assertThat(fanOut.runOnce()).isFalse();
    assertThat(rows("event")).isZero();
    assertThat(rows("webhook_delivery")).isEqualTo(6);
  }

  @Test
  void nothing_is_written_without_a_listening_endpoint() {
    endpoint(fixture.account("other", null), "/hook");
    endpoint("/hook", "batch.cancelled");
    complete(1);

    assertThat(rows("event")).isZero();
  }

  @Test
  void the_engine_knows_the_kinds_of_two_endpoints_that_are_created_at_the_same_time() {
    CompletableFuture<Endpoint.CreatedEndpoint> later = new CompletableFuture<>();
    fixture.database.useTransaction(tx -> {
      endpoint("/first", "batch.started");
      later.completeAsync(() -> endpoint("/second", "batch.completed"), Thread::startVirtualThread);
      Await.until("it waits", Duration.ofSeconds(4), () -> onAnotherConnection(this::waiting) == 1);
    });
    later.join();
    complete(1);

    assertThat(rows("event")).isEqualTo(2);
  }

  private long waiting() {
    return rows("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
  }

  @Test
  void the_engine_writes_nothing_for_endpoints_that_are_deleted_or_have_failed() {
    Endpoint failing = endpoint("/failing", "batch.completed").endpoint();
    Endpoint deleted = endpoint("/deleted", "batch.completed").endpoint();
    endpoints.delete(owner, deleted.id());
    receiver.respond(410, Map.of(), "");
    complete(1);
    deliver();
    complete(1);
    assertThat(rows("event")).isZero();

    endpoints.change(
        owner,
        failing.id(),
        Endpoint.EndpointChange.of(Endpoint.EndpointState.ACTIVE),
        (tx, done) -> {});
    complete(1);
    assertThat(rows("event")).isEqualTo(1);
  }

  @Test
  void more_events_than_one_transaction_takes_keep_their_order() {
    Endpoint endpoint = endpoint("/hook", "batch.started", "batch.completed").endpoint();
    complete(3);
    List<UUID> expected =
        fixture.database.read(
            tx -> tx.query("select id from event order by position").mapTo(UUID.class).list());
    int rounds = 0;
    while (fixture.database.inTransaction(tx -> EventFanOut.distribute(tx, 4)) > 0) {
      rounds++;
    }

    assertThat(rounds).isEqualTo(2);
    assertThat(
            fixture.database.<List<UUID>>read(tx ->
                tx.query("select event_id from webhook_delivery order by position")
                    .mapTo(UUID.class)
                    .list()))
        .isEqualTo(expected);
    assertThat(deliveryLog(endpoint)).hasSize(6);
  }

  @Test
  void while_one_node_distributes_another_one_leaves_it_alone() {
    endpoint("/hook", "batch.completed");
    complete(2);
    EventFanOut other = new EventFanOut(fixture.database);
    fixture.database.useTransaction(tx -> {
      assertThat(EventFanOut.distribute(tx, 10)).isEqualTo(2);
      assertThat(onAnotherConnection(other::runOnce)).isFalse();
      assertThat(onAnotherConnection(() -> rows("event"))).isEqualTo(2);
    });

    assertThat(other.runOnce()).isFalse();
    assertThat(rows("webhook_delivery")).isEqualTo(2);
  }

  @Test
  void a_node_that_dies_while_it_distributes_leaves_the_events_to_the_next() {
    endpoint("/hook", "batch.completed");
    complete(2);
    fixture.database.inTransactionIf(tx -> EventFanOut.distribute(tx, 10), events -> false);
    assertThat(rows("event")).isEqualTo(2);
    assertThat(rows("webhook_delivery")).isZero();

    fanOut.runOnce();
    deliver();
    assertThat(ids("/hook")).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void an_event_that_commits_after_later_ones_were_distributed_is_not_lost() {
    endpoint("/hook", "batch.completed");
    UUID slow = fixture.submit(1);
    UUID fast = fixture.submit(1);
    List<StartedAttempt> claims = fixture.claim(2);
    fixture.database.useTransaction(tx -> {
      tx.update(
              """
              insert into event (id, account_id, batch_id, kind, at, data)
              values (gen_random_uuid(), :account, :batch, 'batch.completed', :now, '{}')
              """)
          .bind("account", fixture.caller.account())
          .bind("batch", slow)
          .bind("now", fixture.now())
          .execute();
      onAnotherConnection(() -> {
        fixture.settle(
            claims.stream().filter(claim -> claim.batchId().equals(fast)).toList(),
            EngineFixture.SUCCESS);
        deliver();
        return true;
      });
      assertThat(ids("/hook")).hasSize(1);
    });

    deliver();
    assertThat(bodies("/hook").stream().map(body -> body.at("/data/batch_id").stringValue()))
        .containsExactly(fast.toString(), slow.toString());
  }

  @Test
  void an_endpoint_gets_no_event_from_before_it_was_created() {
    endpoint("/old", "batch.completed");
    complete(1);
    endpoint("/new", "batch.completed");
    complete(1);
    deliver();

    assertThat(ids("/old")).hasSize(2);
    assertThat(ids("/new")).hasSize(1);
  }

  @Test
  void an_endpoint_that_fails_still_keeps_the_events_from_before() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    complete(1);
    fanOut.runOnce();
    receiver.respond(410, Map.of(), "");
    complete(1);
    // The first is delivered, and refused, while the second one is not distributed yet.
    deliverOnly(deliverer);
    assertThat(current(endpoint).status().state()).isEqualTo(Endpoint.EndpointState.FAILED);
    endpoint("/other", "batch.completed");
    complete(1);
    fanOut.runOnce();

    assertThat(deliveryLog(endpoint)).hasSize(2);
  }

  @Test
  void progress_is_read_while_the_batch_is_locked() {
    endpoint("/hook", "batch.progress");
    UUID batch = fixture.submit(2);
    fixture.settle(fixture.claim(2).subList(0, 1), EngineFixture.SUCCESS);
    int appended =
        fixture.database.inTransaction(tx -> {
          tx.query("select id from batch where id = :batch for update")
              .bind("batch", batch)
              .mapTo(UUID.class)
              .one();
          return onAnotherConnection(fixture.engine::writeProgressEvents);
        });

    assertThat(appended).isEqualTo(1);
  }

  @Test
  void progress_that_was_overtaken_by_the_end_of_its_batch_is_dropped() {
    endpoint("/hook", "batch.progress", "batch.completed");
    fixture.submit(2);
    List<StartedAttempt> claims = fixture.claim(2);
    fixture.settle(claims.subList(0, 1), EngineFixture.SUCCESS);
    assertThat(fixture.engine.writeProgressEvents()).isEqualTo(1);
    // As it is when the transaction of the progress commits after the one of the end.
    fixture.settle(claims.subList(1, 2), EngineFixture.SUCCESS);
    fixture.database.useTransaction(tx ->
        tx.update(
                """
                with late as (delete from event where kind = 'batch.progress' returning *)
                insert into event (id, account_id, batch_id, kind, at, data)
                select id, account_id, batch_id, kind, at, data from late
                """)
            .execute());
    deliver();

    assertThat(types("/hook")).containsExactly("batch.completed");
  }
}
