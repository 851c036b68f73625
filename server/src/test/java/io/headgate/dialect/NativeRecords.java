package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.dialect.CancelCase.FenceCounts;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Reads batches, receipts and the journal through the native API. */
final class NativeRecords {

  private static final long PRICE = 2;

  private final TestClient client;

  NativeRecords(TestClient client) {
    this.client = client;
  }

  String state(UUID batch) {
    return batch(batch).path("state").asString();
  }

  private JsonNode batch(UUID batch) {
    return client.get("/v1/batches/" + batch).json();
  }

  /** The bytes of the receipt; empty if there is none. */
  String receipt(UUID batch) {
    HttpReply reply = client.get("/v1/batches/" + batch + "/receipt");
    return reply.status() == 404 ? "" : reply.text();
  }

  FenceCounts fence(UUID batch) {
    JsonNode counts = client.get("/v1/batches/" + batch + "/receipt").json().path("counts");
    return new FenceCounts(
        counts.path("total").intValue(),
        counts.path("stopped").intValue(),
        counts.path("running").intValue(),
        counts.path("succeeded").intValue(),
        counts.path("failed").intValue());
  }

  /** Asserts that the receipt has exactly these numbers, refunded at the fence. */
  void assertFenced(UUID batch, FenceCounts fence) {
    JsonNode receipt = client.get("/v1/batches/" + batch + "/receipt").json();
    assertThat(fence(batch)).isEqualTo(fence);
    assertThat(receipt.path("mode").asString()).isEqualTo("drain");
    assertThat(receipt.path("reason").isNull()).isTrue();
    assertThat(receipt.path("credits").toString())
        .isEqualTo(
            "{\"per_item\":%d,\"refunded\":%d,\"at_stake\":%d,\"charged\":%d}"
                .formatted(
                    PRICE,
                    PRICE * fence.stopped(),
                    PRICE * fence.running(),
                    PRICE * fence.succeeded()));
    assertThat(batch(batch).at("/counts/pending").intValue()).isZero();
  }

  /** Asserts how many items were charged and that the rest were refunded, in batch and journal. */
  void assertCharged(UUID batch, int items, int charged) {
    JsonNode credits = batch(batch).path("credits");
    assertThat(credits.path("charged").longValue()).isEqualTo(PRICE * charged);
    assertThat(credits.path("refunded").longValue()).isEqualTo(PRICE * (items - charged));
    assertThat(credits.path("reserved").intValue()).isZero();
    assertThat(journalTotal(batch, "reserve")).isEqualTo(PRICE * items);
    assertThat(journalTotal(batch, "charge")).isEqualTo(PRICE * charged);
    assertThat(journalTotal(batch, "refund")).isEqualTo(PRICE * (items - charged));
  }

  private long journalTotal(UUID batch, String kind) {
    List<JsonNode> entries = new ArrayList<>();
    client.get("/v1/account/journal?limit=500").json().path("data").forEach(entries::add);
    return entries.stream()
        .filter(entry -> entry.path("batch_id").asString("").equals(batch.toString()))
        .filter(entry -> entry.path("kind").asString().equals(kind))
        .mapToLong(entry -> Math.abs(entry.path("credits").longValue()))
        .sum();
  }
}
