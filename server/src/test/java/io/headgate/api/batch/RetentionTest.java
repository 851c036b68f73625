package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.db.Partitions;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Responses about a batch whose retention has expired, before and after its rows are deleted. */
class RetentionTest {

  private static final BatchTestServer server = new BatchTestServer();

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void a_batch_past_its_retention_is_unknown_and_only_its_receipt_remains() {
    String id = server.submit(2);
    HttpReply receipt = server.client.post("/v1/batches/" + id + "/cancel", null);
    server.database.useTransaction(
        tx -> tx.update("update batch set retain_until = created_at - interval '1 day'").execute());

    assertGone(id, receipt);
    Partitions partitions = new Partitions(server.database, Partitions.DEFAULT_INTERVAL);
    assertThat(partitions.drop(server.clock.instant().plus(Duration.ofDays(4)))).isPositive();
    assertThat(server.count("batch")).isZero();
    assertGone(id, receipt);
    assertThat(server.client.post("/v1/batches/" + id + "/resubmit", null).status()).isEqualTo(404);
  }

  private static void assertGone(String id, HttpReply receipt) {
    String path = "/v1/batches/" + id;
    String unknown = server.client.get("/v1/batches/00000000-0000-7000-8000-000000000000").text();
    List<HttpReply> replies =
        Stream.of("", "/items", "/items/0", "/results", "/results?follow=true", "/events")
            .map(rest -> server.client.get(path + rest))
            .toList();
    assertThat(replies)
        .allSatisfy(reply -> {
          assertThat(reply.status()).isEqualTo(404);
          assertThat(reply.text()).isEqualTo(unknown);
        });
    assertThat(server.client.get("/v1/batches").json().path("data").isEmpty()).isTrue();
    assertThat(server.client.get(path + "/receipt").text()).isEqualTo(receipt.text());
    assertThat(server.client.post(path + "/cancel", null).text()).isEqualTo(receipt.text());
  }
}
