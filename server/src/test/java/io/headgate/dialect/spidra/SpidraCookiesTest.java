package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.http.TestClient.HttpReply;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Cookies of a batch reach its items, are shown by no API and are erased when the batch ends. */
class SpidraCookiesTest extends SpidraCase {

  @Test
  void cookies_reach_the_page_and_are_erased_when_the_batch_ends() {
    UUID batch = submit(client, 1, ",\"cookies\":\"session=open-sesame\"");
    processor.awaitStarted(batch, 1);
    assertThat(processor.options(batch)).contains("open-sesame");
    assertThat(stored(batch)).doesNotContain("sesame");
    assertThat(client.get("/v1/batches/" + batch).text()).doesNotContain("sesame");
    processor.fail(batch, 0);
    awaitStatus(client, batch, "completed");
    assertThat(secretOptions(batch)).isEmpty();
    String retry = "/api/batch/scrape/" + batch + "/retry";
    processor.forget(batch, 0);
    client.post(retry, "{}");
    processor.awaitStarted(batch, 1);
    assertThat(processor.options(batch)).doesNotContain("Cookie");
    processor.fail(batch, 0);
    awaitStatus(client, batch, "completed");
    processor.forget(batch, 0);
    client.post(retry, "{\"cookies\":\"session=again\"}");
    processor.awaitStarted(batch, 1);
    assertThat(processor.options(batch)).contains("session=again");
    client.delete("/api/batch/scrape/" + batch);
    processor.succeed(batch, 0);
    Await.until("erased", TIMEOUT, () -> secretOptions(batch).isEmpty());
  }

  @Test
  void a_batch_that_had_cookies_is_not_resubmitted_without_them() {
    for (String more : new String[] {",\"cookies\":\"session=open-sesame\"", ""}) {
      UUID batch = submit(client, 2, more);
      processor.awaitStarted(batch, 2);
      processor.fail(batch, 0);
      processor.fail(batch, 1);
      awaitStatus(client, batch, "completed");
      HttpReply reply = client.post("/v1/batches/" + batch + "/resubmit?include=failed", "");
      assertThat(reply.status()).as(reply.text()).isEqualTo(more.isEmpty() ? 202 : 409);
      assertThat(reply.text()).contains(more.isEmpty() ? batch.toString() : "with their cookies");
    }
  }

  @Test
  void a_batch_that_had_cookies_is_retried_by_the_native_api_only_while_it_has_them() {
    UUID batch = submit(client, 2, ",\"cookies\":\"session=open-sesame\"");
    String retry = "/v1/batches/" + batch + "/retry";
    processor.awaitStarted(batch, 2);
    processor.fail(batch, 0);
    Await.until(
        "failed",
        TIMEOUT,
        () -> client.get("/v1/batches/" + batch).json().at("/counts/failed").asInt() == 1);
    processor.forget(batch, 0);
    assertThat(client.post(retry, "").status()).isEqualTo(200);
    processor.awaitStarted(batch, 2);
    processor.fail(batch, 0);
    processor.fail(batch, 1);
    awaitStatus(client, batch, "completed");

    HttpReply refused = client.post(retry, "");

    assertThat(refused.status()).as(refused.text()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("batch-finished");
    assertThat(refused.json().path("detail").asString())
        .isEqualTo(
            client
                .post("/v1/batches/" + batch + "/resubmit?include=failed", "")
                .json()
                .path("detail")
                .asString());
    assertThat(client.get("/v1/batches/" + batch).json().at("/counts/failed").asInt()).isEqualTo(2);
  }

  private String stored(UUID batch) {
    return server.database.read(tx ->
        tx.query("select b::text from batch b where id = :id")
            .bind("id", batch)
            .mapTo(String.class)
            .one());
  }

  private String secretOptions(UUID batch) {
    return server.database.read(tx ->
        tx.query("select coalesce(secret_options, '') from batch where id = :id")
            .bind("id", batch)
            .mapTo(String.class)
            .one());
  }
}
