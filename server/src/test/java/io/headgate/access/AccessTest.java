package io.headgate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.admin.AdminTestServer;
import io.headgate.db.SharedSecret;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AccessTest {

  @Test
  void both_headers_carry_a_key_and_anything_else_is_unauthorized() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(0, 0))) {
      TestClient none = fixture.client.withKey(null);
      assertThat(none.get("/v1/account", "x-api-key", fixture.admin).status()).isEqualTo(200);
      assertThat(none.get("/v1/account", "Authorization", "bearer " + fixture.admin).status())
          .isEqualTo(200);
      for (String wrong : List.of("hg_", "hg_" + "A".repeat(43), "x", fixture.admin + "A", "")) {
        HttpReply reply = none.get("/v1/account", "Authorization", "Bearer " + wrong);
        assertThat(reply.status()).as(wrong).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      }
      assertThat(none.get("/v1/account", "Authorization", "Basic " + fixture.admin).status())
          .isEqualTo(401);
    }
  }

  @Test
  void a_revoked_key_stops_at_once() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(0, 0))) {
      HttpReply made = fixture.client.post("/v1/keys", "{\"name\":\"short\"}");
      String path = "/v1/keys/" + made.json().path("id").asString();
      TestClient short_ = fixture.client.withKey(made.json().path("secret").asString());
      assertThat(short_.get("/v1/account").status()).isEqualTo(200);
      assertThat(fixture.client.delete(path).status()).isEqualTo(204);
      assertThat(short_.get("/v1/account").status()).isEqualTo(401);
      assertThat(fixture.client.delete(path).status()).isEqualTo(204);
      assertThat(fixture.client.get("/v1/keys").text())
          .contains("\"revoked_at\":\"2")
          .doesNotContain("secret", "hg_");
    }
  }

  @Test
  void a_key_revoked_on_another_node_stops_when_its_cache_entry_expires() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(0, 0))) {
      HttpReply made = fixture.client.post("/v1/keys", "{\"name\":\"elsewhere\"}");
      String secret = made.json().path("secret").asString();
      AtomicLong nanos = new AtomicLong();
      ApiKeys here = new ApiKeys(fixture.database, fixture.clock, nanos::get);
      assertThat(here.find(secret)).isPresent();
      new ApiKeys(fixture.database, fixture.clock)
          .revoke(UUID.fromString(made.json().path("id").asString()));
      nanos.set(ApiKeys.CACHE_TIME.toNanos() - 1);
      assertThat(here.find(secret)).isPresent();
      nanos.set(ApiKeys.CACHE_TIME.toNanos());
      assertThat(here.find(secret)).isEmpty();
      assertThat(ApiKeys.CACHE_TIME).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void an_expired_key_is_no_key_even_when_it_was_seen_before() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(0, 0))) {
      String secret =
          fixture.newKey(fixture.client, "old", ",\"expires_at\":\"2999-01-01T00:00:00Z\"");
      AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2998-12-31T23:59:59Z"));
      ApiKeys keys = new ApiKeys(fixture.database, now::get);
      assertThat(keys.find(secret)).isPresent();
      now.set(Instant.parse("2999-01-01T00:00:00Z"));
      assertThat(keys.find(secret)).isEmpty();
    }
  }

  @Test
  void the_database_never_holds_a_secret() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(0, 0))) {
      HttpReply made =
          fixture.client.post("/v1/keys", "{\"name\":\"kept\"}", "Idempotency-Key", "keep-it");
      String secret = made.json().path("secret").asString();
      HttpReply again =
          fixture.client.post("/v1/keys", "{\"name\":\"kept\"}", "Idempotency-Key", "keep-it");
      assertThat(again.text()).isEqualTo(made.text());
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      byte[] stored =
          fixture.database.read(
              tx -> tx.query("select body from idempotency").mapTo(byte[].class).one());
      assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain(secret, "hg_");
      TestClient other =
          fixture.client.withKey(
              fixture.newKey(fixture.client, "other", ",\"scopes\":[\"admin\"]"));
      assertThat(other.post("/v1/keys", "{\"name\":\"kept\"}", "Idempotency-Key", "keep-it").code())
          .isEqualTo("idempotency-conflict");
    }
  }

  @Test
  void a_key_over_its_rate_gets_the_time_to_retry_after() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(5, 0))) {
      for (int i = 4; i >= 0; i--) {
        HttpReply reply = fixture.client.get("/v1/account");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"key\";q=5;w=60");
        assertThat(reply.header("RateLimit")).startsWith("\"key\";r=" + i + ";t=");
      }
      HttpReply refused = fixture.client.get("/v1/account");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("rate-limited");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 12);
      assertThat(refused.header("RateLimit")).startsWith("\"key\";r=0;t=");
    }
  }

  @Test
  void wrong_keys_are_limited_per_address_but_valid_keys_still_work() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(0, 5))) {
      assertThat(fixture.client.get("/v1/account").status()).isEqualTo(200);
      TestClient guesser = fixture.client.withKey("hg_" + "A".repeat(43));
      for (int i = 0; i < 5; i++) {
        assertThat(guesser.get("/v1/account").status()).isEqualTo(401);
      }
      HttpReply refused = guesser.get("/v1/account");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(fixture.client.get("/v1/account").status()).isEqualTo(200);
    }
  }

  @Test
  void a_second_start_makes_no_second_key_unless_none_is_left() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(0, 0))) {
      Bootstrap bootstrap =
          new Bootstrap(fixture.database, fixture.accounts, fixture.keys, fixture.clock);
      assertThat(bootstrap.run()).isEmpty();
      fixture.database.useTransaction(
          tx -> tx.update("update api_key set revoked_at = now()").execute());
      assertThat(bootstrap.run()).isPresent();
    }
  }

  @Test
  void the_cursor_secret_is_the_same_on_every_node() {
    try (AdminTestServer fixture = new AdminTestServer(new RateLimits(0, 0))) {
      assertThat(SharedSecret.getOrCreate(fixture.database, "cursors"))
          .hasSize(32)
          .isEqualTo(SharedSecret.getOrCreate(fixture.database, "cursors"))
          .isNotEqualTo(SharedSecret.getOrCreate(fixture.database, "other"));
    }
  }
}
