package io.headgate.faults;

import io.headgate.db.Database;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server reports about a finished batch: the responses of the API, and the claim epochs of
 * attempts, which are read from the database.
 *
 * @param states states of items by ordinal
 * @param results the lines of the results, in order
 * @param receipt the exact text of the receipt; empty when there is none
 */
record ReportedBatch(
    JsonNode batch,
    Map<Integer, String> states,
    List<ReportedResult> results,
    List<ReportedAttempt> attempts,
    Optional<String> receipt) {

  /** A line of the results. */
  record ReportedResult(int ordinal, String state, int attempts) {}

  /**
   * How an attempt ended.
   *
   * @param claimEpoch null when the item was settled without having started
   * @param errorCode null when it succeeded
   */
  record ReportedAttempt(
      int ordinal,
      int number,
      String outcome,
      @Nullable Long claimEpoch,
      @Nullable String errorCode) {

    boolean succeeded() {
      return outcome.equals("succeeded");
    }

    /** True when the processor ended the attempt, and not the server. */
    boolean endedByItself() {
      return succeeded()
          || (outcome.equals("failed")
              && !"node-lost".equals(errorCode)
              && !"timeout".equals(errorCode));
    }
  }

  private static final String ATTEMPTS =
      """
      select ordinal, attempt, outcome, claim_epoch, error_code from result
      where batch_id = :batch order by ordinal, attempt
      """;

  private static final JsonMapper json = JsonMapper.shared();

  static ReportedBatch of(TestClient client, Database database, String id) {
    String path = "/v1/batches/" + id;
    HttpReply receipt = client.get(path + "/receipt");
    return new ReportedBatch(
        client.get(path).json(),
        states(client, path),
        client.get(path + "/results").text().lines().map(ReportedBatch::results).toList(),
        attempts(database, id),
        receipt.status() == 200 ? Optional.of(receipt.text()) : Optional.empty());
  }

  private static Map<Integer, String> states(TestClient client, String path) {
    Map<Integer, String> states = new TreeMap<>();
    String cursor = "";
    do {
      JsonNode page = client.get(path + "/items?limit=500" + cursor).json();
      page.path("data")
          .forEach(item -> states.put(item.path("ordinal").asInt(), item.path("state").asString()));
      String next = page.path("next_cursor").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return states;
  }

  private static ReportedResult results(String line) {
    JsonNode item = json.readTree(line);
    return new ReportedResult(
        item.path("ordinal").asInt(), item.path("state").asString(), item.path("attempts").asInt());
  }

  private static List<ReportedAttempt> attempts(Database database, String id) {
    return new ArrayList<>(
        database.read(tx ->
            tx.query(ATTEMPTS)
                .bind("batch", UUID.fromString(id))
                .map((row, context) ->
                    new ReportedAttempt(
                        row.getInt("ordinal"),
                        row.getInt("attempt"),
                        row.getString("outcome"),
                        row.getObject("claim_epoch", Long.class),
                        row.getString("error_code")))
                .list()));
  }

  String state(int ordinal) {
    return states.getOrDefault(ordinal, "nowhere");
  }

  long count(String name) {
    return batch.at("/counts/" + name).asLong();
  }

  long credits(String name) {
    return batch.at("/credits/" + name).asLong();
  }

  long inState(String state) {
    return states.values().stream().filter(state::equals).count();
  }

  Optional<JsonNode> receiptJson() {
    return receipt.map(json::readTree);
  }

  Optional<ReportedAttempt> attempt(int ordinal, int number) {
    return attempts.stream()
        .filter(ended -> ended.ordinal() == ordinal && ended.number() == number)
        .findFirst();
  }
}
