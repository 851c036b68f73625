package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.db.Partitions;
import io.headgate.http.TestClient.Reply;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Responses about a batch whose retention has expired, before and after its rows are deleted. */
class RetainedTest {

  private static final BatchHouse house = new BatchHouse();

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void what_is_no_longer_kept_is_as_unknown_as_what_never_was_and_only_its_receipt_stays() {
    String id = house.submit(2);
    Reply receipt = house.client.post("/v1/batches/" + id + "/cancel", null);
    house.database.useTransaction(
        tx -> tx.update("update batch set retain_until = created_at - interval '1 day'").execute());

    assertGone(id, receipt);
    Partitions partitions = new Partitions(house.database, Partitions.DEFAULT_INTERVAL);
    assertThat(partitions.drop(house.clock.instant().plus(Duration.ofDays(4)))).isPositive();
    assertThat(house.count("batch")).isZero();
    assertGone(id, receipt);
    assertThat(house.client.post("/v1/batches/" + id + "/resubmit", null).status()).isEqualTo(404);
  }

  private static void assertGone(String id, Reply receipt) {
    String path = "/v1/batches/" + id;
    String unknown = house.client.get("/v1/batches/00000000-0000-7000-8000-000000000000").text();
    List<Reply> looks =
        Stream.of("", "/items", "/items/0", "/results", "/results?follow=true", "/events")
            .map(rest -> house.client.get(path + rest))
            .toList();
    assertThat(looks)
        .allSatisfy(reply -> {
          assertThat(reply.status()).isEqualTo(404);
          assertThat(reply.text()).isEqualTo(unknown);
        });
    assertThat(house.client.get("/v1/batches").json().path("data").isEmpty()).isTrue();
    assertThat(house.client.get(path + "/receipt").text()).isEqualTo(receipt.text());
    assertThat(house.client.post(path + "/cancel", null).text()).isEqualTo(receipt.text());
  }
}
