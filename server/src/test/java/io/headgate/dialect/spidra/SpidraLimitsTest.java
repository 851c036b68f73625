package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Credits, unfinished batches, rates and usage, as the dialect {@code spidra} reports them. */
class SpidraLimitsTest extends SpidraCase {

  @Test
  void submit_and_retry_are_refused_without_credits() {
    TestClient poor = account("poor", ",\"credit_limit\":4");
    assertThat(post(poor, 3, "").json().path("code").asString()).isEqualTo("INSUFFICIENT_CREDITS");
    UUID batch = submit(poor, 2, "");
    processor.awaitStarted(batch, 2);
    processor.fail(batch, 0);
    processor.succeed(batch, 1);
    awaitStatus(poor, batch, "completed");
    submit(poor, 1, "");
    HttpReply retry = poor.post("/api/batch/scrape/" + batch + "/retry", "{}");
    assertThat(retry.status()).isEqualTo(403);
    assertThat(retry.json().path("code").asString()).isEqualTo("INSUFFICIENT_CREDITS");
  }

  @Test
  void more_than_fifty_unfinished_batches_are_refused_unless_the_account_has_its_own_limit() {
    TestClient eager = account("eager", "");
    for (int i = 0; i < 50; i++) {
      submit(eager, 1, "");
    }
    HttpReply refused = post(eager, 1, "");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().path("code").asString()).isEqualTo("TOO_MANY_PENDING_JOBS");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    TestClient limited = account("limited", ",\"pending_limit\":60");
    for (int i = 0; i < 60; i++) {
      submit(limited, 1, "");
    }
    assertThat(post(limited, 1, "").status()).isEqualTo(429);
  }

  @Test
  void usage_has_a_row_for_every_day() {
    TestClient user = account("user", "");
    UUID batch = submit(user, 2, "");
    processor.awaitStarted(batch, 2);
    processor.succeed(batch, 0);
    processor.succeed(batch, 1);
    awaitStatus(user, batch, "completed");
    HttpReply week = user.get("/api/usage-stats?range=7d");
    assertThat(week.json().path("data")).hasSize(7);
    assertThat(week.json().at("/data/6/requests").intValue()).isEqualTo(2);
    assertThat(week.json().at("/data/6/credits").intValue()).isEqualTo(4);
    assertThat(user.get("/api/usage-stats?range=30d").json().path("data")).hasSize(30);
    assertThat(user.get("/api/usage-stats?range=weekly").json().at("/data/0/label").asString())
        .isEqualTo("Mon");
    assertThat(user.get("/api/usage-stats").status()).isEqualTo(400);
  }

  @Test
  void rate_limits_are_sent_in_the_vendors_headers() {
    HttpReply reply = client.get("/api/batch/scrape");
    assertThat(reply.header("RateLimit-Limit")).isEqualTo("6000");
    assertThat(Integer.parseInt(reply.header("RateLimit-Remaining"))).isLessThan(6000);
    long reset = Long.parseLong(reply.header("RateLimit-Reset"));
    assertThat(reset).isGreaterThan(1_700_000_000L);
  }
}
