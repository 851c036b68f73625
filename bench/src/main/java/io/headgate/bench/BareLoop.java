package io.headgate.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The lower bound for the cost of a drain: each transaction inserts the results of one claim,
 * updates the counters of the batch, deletes the claim and inserts the next one, in tables with the
 * same columns and indexes. It reads nothing and makes no decisions.
 */
final class BareLoop implements AutoCloseable {

  private static final List<String> TABLES =
      List.of(
          "create table if not exists bare_result (like result including all)",
          "create table if not exists bare_batch (like batch including all)",
          "create table if not exists bare_claim (like claim including all)",
          "truncate bare_result, bare_batch, bare_claim");

  private static final String COPY_UNSTARTED_BATCH =
      """
      insert into bare_batch
      select (jsonb_populate_record(b, '{"state": "running", "cursor": 0, "running": 0, "succeeded": 0,
        "finished_at": null, "journal_charged": 0}')).*
      from batch b where id = ?
      """;

  private static final String INSERT_RESULTS =
      """
      insert into bare_result (batch_id, ordinal, attempt, outcome, final, claim_epoch, epoch,
                               node_id, started_at, finished_at, output)
      select ?, ordinal, 1, 'succeeded', true, ?, ?, 1, ?, finished_at, output
      from unnest(?::int[], ?::timestamptz[], ?::text[]) as u (ordinal, finished_at, output)
      """;

  private static final String UPDATE_BATCH =
      """
      update bare_batch
      set epoch = ?, cursor = cursor + ?, running = running + ? - ?, succeeded = succeeded + ?
      where id = ?
      """;

  private static final String DELETE_CLAIM = "delete from bare_claim where id = ?";

  private static final String INSERT_CLAIM =
      """
      insert into bare_claim (batch_id, node_id, epoch, ordinals, claimed_at) values (?, 1, ?, ?, ?)
      returning id
      """;

  /** The running claim: its row and its ordinals from {@code first} to {@code end}, exclusive. */
  private record BareClaim(long id, int first, int end, Timestamp at) {
    int size() {
      return end - first;
    }
  }

  private final Connection connection;
  private final UUID batch;
  private final int total;
  private final PreparedStatement insertResults;
  private final PreparedStatement updateBatch;
  private final PreparedStatement deleteClaim;
  private final PreparedStatement insertClaim;

  private BareLoop(Connection connection, UUID batch, int total) throws SQLException {
    this.connection = connection;
    this.batch = batch;
    this.total = total;
    this.insertResults = connection.prepareStatement(INSERT_RESULTS);
    this.updateBatch = connection.prepareStatement(UPDATE_BATCH);
    this.deleteClaim = connection.prepareStatement(DELETE_CLAIM);
    this.insertClaim = connection.prepareStatement(INSERT_CLAIM);
  }

  /** Writes what the engine wrote for {@code drained}, in transactions of the same size. */
  static Rate run(BenchServer server, DrainRun drained) throws SQLException {
    for (String sql : TABLES) {
      server.execute(sql);
    }
    UUID batch = UUID.fromString(drained.batch());
    try (Connection connection = server.connect()) {
      try (PreparedStatement copy = connection.prepareStatement(COPY_UNSTARTED_BATCH)) {
        copy.setObject(1, batch);
        copy.executeUpdate();
      }
      server.checkpoint();
      connection.setAutoCommit(false);
      try (BareLoop loop = new BareLoop(connection, batch, drained.items())) {
        long start = System.nanoTime();
        loop.drain(drained.itemsPerExchange());
        return Rate.of(drained.items(), System.nanoTime() - start, "items");
      }
    }
  }

  private void drain(int chunk) throws SQLException {
    long epoch = 1;
    BareClaim running = claim(epoch, 0, chunk);
    updateCounters(epoch, running.size(), 0);
    connection.commit();
    while (running.size() > 0) {
      epoch++;
      settle(running, epoch);
      BareClaim next = claim(epoch, running.end(), chunk);
      updateCounters(epoch, next.size(), running.size());
      connection.commit();
      running = next;
    }
  }

  private BareClaim claim(long epoch, int first, int maxItems) throws SQLException {
    int end = Math.min(total, first + maxItems);
    Timestamp now = Timestamp.from(Instant.now());
    if (end == first) {
      return new BareClaim(0, first, end, now);
    }
    insertClaim.setObject(1, batch);
    insertClaim.setLong(2, epoch);
    insertClaim.setArray(3, connection.createArrayOf("int4", ordinals(first, end)));
    insertClaim.setTimestamp(4, now);
    try (ResultSet row = insertClaim.executeQuery()) {
      row.next();
      return new BareClaim(row.getLong(1), first, end, now);
    }
  }

  private void settle(BareClaim claim, long epoch) throws SQLException {
    String[] outputs = new String[claim.size()];
    Arrays.fill(outputs, "{}");
    String[] times = new String[claim.size()];
    Arrays.setAll(times, i -> Instant.now().toString());
    insertResults.setObject(1, batch);
    insertResults.setLong(2, epoch - 1);
    insertResults.setLong(3, epoch);
    insertResults.setTimestamp(4, claim.at());
    insertResults.setArray(
        5, connection.createArrayOf("int4", ordinals(claim.first(), claim.end())));
    insertResults.setArray(6, connection.createArrayOf("text", times));
    insertResults.setArray(7, connection.createArrayOf("text", outputs));
    insertResults.executeUpdate();
    deleteClaim.setLong(1, claim.id());
    deleteClaim.executeUpdate();
  }

  private void updateCounters(long epoch, int claimed, int settled) throws SQLException {
    updateBatch.setLong(1, epoch);
    updateBatch.setInt(2, claimed);
    updateBatch.setInt(3, claimed);
    updateBatch.setInt(4, settled);
    updateBatch.setInt(5, settled);
    updateBatch.setObject(6, batch);
    updateBatch.executeUpdate();
  }

  private static Object[] ordinals(int first, int end) {
    Object[] ordinals = new Object[end - first];
    Arrays.setAll(ordinals, i -> first + i);
    return ordinals;
  }

  @Override
  public void close() throws SQLException {
    insertResults.close();
    updateBatch.close();
    deleteClaim.close();
    insertClaim.close();
  }
}
