package io.headgate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.admin.AdminTestServer;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
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
    try (AdminTestServer house = new AdminTestServer(new RateLimits(0, 0))) {
      TestClient none = house.client.withKey(null);
      assertThat(none.get("/v1/account", "x-api-key", house.admin).status()).isEqualTo(200);
      assertThat(none.get("/v1/account", "Authorization", "bearer " + house.admin).status())
          .isEqualTo(200);
      for (String wrong : List.of("hg_", "hg_" + "A".repeat(43), "x", house.admin + "A", "")) {
        Reply reply = none.get("/v1/account", "Authorization", "Bearer " + wrong);
        assertThat(reply.status()).as(wrong).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      }
      assertThat(none.get("/v1/account", "Authorization", "Basic " + house.admin).status())
          .isEqualTo(401);
    }
  }

  @Test
  void a_revoked_key_stops_at_once() {
    try (AdminTestServer house = new AdminTestServer(new RateLimits(0, 0))) {
      Reply made = house.client.post("/v1/keys", "{\"name\":\"short\"}");
      String path = "/v1/keys/" + made.json().path("id").asString();
      TestClient short_ = house.client.withKey(made.json().path("secret").asString());
      assertThat(short_.get("/v1/account").status()).isEqualTo(200);
      assertThat(house.client.delete(path).status()).isEqualTo(204);
      assertThat(short_.get("/v1/account").status()).isEqualTo(401);
      assertThat(house.client.delete(path).status()).isEqualTo(204);
      assertThat(house.client.get("/v1/keys").text())
          .contains("\"revoked_at\":\"2")
          .doesNotContain("secret", "hg_");
    }
  }

  @Test
  void a_key_revoked_on_another_node_stops_when_its_look_is_stale() {
    try (AdminTestServer house = new AdminTestServer(new RateLimits(0, 0))) {
      Reply made = house.client.post("/v1/keys", "{\"name\":\"elsewhere\"}");
      String secret = made.json().path("secret").asString();
      AtomicLong nanos = new AtomicLong();
      Keys here = new Keys(house.database, house.clock, nanos::get);
      assertThat(here.find(secret)).isPresent();
      new Keys(house.database, house.clock)
          .revoke(UUID.fromString(made.json().path("id").asString()));
      nanos.set(Keys.TRUSTED.toNanos() - 1);
      assertThat(here.find(secret)).isPresent();
      nanos.set(Keys.TRUSTED.toNanos());
      assertThat(here.find(secret)).isEmpty();
      assertThat(Keys.TRUSTED).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void an_expired_key_is_no_key_even_when_it_was_seen_before() {
    try (AdminTestServer house = new AdminTestServer(new RateLimits(0, 0))) {
      String secret = house.newKey(house.client, "old", ",\"expires_at\":\"2999-01-01T00:00:00Z\"");
      AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2998-12-31T23:59:59Z"));
      Keys keys = new Keys(house.database, now::get);
      assertThat(keys.find(secret)).isPresent();
      now.set(Instant.parse("2999-01-01T00:00:00Z"));
      assertThat(keys.find(secret)).isEmpty();
    }
  }

  @Test
  void the_database_never_holds_a_secret() {
    try (AdminTestServer house = new AdminTestServer(new RateLimits(0, 0))) {
      Reply made =
          house.client.post("/v1/keys", "{\"name\":\"kept\"}", "Idempotency-Key", "keep-it");
      String secret = made.json().path("secret").asString();
      Reply again =
          house.client.post("/v1/keys", "{\"name\":\"kept\"}", "Idempotency-Key", "keep-it");
      assertThat(again.text()).isEqualTo(made.text());
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      byte[] stored =
          house.database.read(
              tx -> tx.query("select body from idempotency").mapTo(byte[].class).one());
      assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain(secret, "hg_");
      TestClient other =
          house.client.withKey(house.newKey(house.client, "other", ",\"scopes\":[\"admin\"]"));
      assertThat(other.post("/v1/keys", "{\"name\":\"kept\"}", "Idempotency-Key", "keep-it").code())
          .isEqualTo("idempotency-conflict");
    }
  }

  @Test
  void a_key_that_asks_too_often_hears_when_to_come_back() {
    try (AdminTestServer house = new AdminTestServer(new RateLimits(5, 0))) {
      for (int i = 4; i >= 0; i--) {
        Reply reply = house.client.get("/v1/account");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"key\";q=5;w=60");
        assertThat(reply.header("RateLimit")).startsWith("\"key\";r=" + i + ";t=");
      }
      Reply refused = house.client.get("/v1/account");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("rate-limited");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 12);
      assertThat(refused.header("RateLimit")).startsWith("\"key\";r=0;t=");
    }
  }

  @Test
  void guessing_keys_is_limited_but_a_good_key_of_the_same_address_goes_on() {
    try (AdminTestServer house = new AdminTestServer(new RateLimits(0, 5))) {
      assertThat(house.client.get("/v1/account").status()).isEqualTo(200);
      TestClient guesser = house.client.withKey("hg_" + "A".repeat(43));
      for (int i = 0; i < 5; i++) {
        assertThat(guesser.get("/v1/account").status()).isEqualTo(401);
      }
      Reply refused = guesser.get("/v1/account");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(house.client.get("/v1/account").status()).isEqualTo(200);
    }
  }

  @Test
  void a_second_start_makes_no_second_key_unless_none_is_left() {
    try (AdminTestServer house = new AdminTestServer(new RateLimits(0, 0))) {
      Bootstrap bootstrap = new Bootstrap(house.database, house.accounts, house.keys, house.clock);
      assertThat(bootstrap.run()).isEmpty();
      house.database.useTransaction(
          tx -> tx.update("update api_key set revoked_at = now()").execute());
      assertThat(bootstrap.run()).isPresent();
    }
  }

  @Test
  void the_cursor_secret_is_the_same_on_every_node() {
    try (AdminTestServer house = new AdminTestServer(new RateLimits(0, 0))) {
      assertThat(HouseSecret.of(house.database, "cursors"))
          .hasSize(32)
          .isEqualTo(HouseSecret.of(house.database, "cursors"))
          .isNotEqualTo(HouseSecret.of(house.database, "other"));
    }
  }
}
