package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.OpenApi;
import io.headgate.config.ConfigKey;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Checks that apply to all routes of the native API, including those added later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRouteTest {

  private static final String UNKNOWN = "0199aaaa-0000-7000-8000-000000000000";
  private static final String WRONG_KEY = "hg_" + "A".repeat(43);

  /** Bodies that a request needs so that the server looks up its id. */
  private static final Map<String, String> BODIES =
      Map.of(
          "POST /v1/batches/{id}/items/cancel", "{\"ordinals\":[0]}",
          "POST /v1/accounts/{id}/grants", "{\"credits\":1}",
          "PATCH /v1/webhooks/{id}", "{\"events\":[\"batch.completed\"]}",
          "PUT /v1/templates/{id}", "{\"name\":\"t\",\"html\":\"x\"}");

  private LiveServer server;
  private TestClient owner;
  private TestClient otherAccount;
  private Map<String, String> examples;
  private String delivery = "none";

  @BeforeAll
  void start() {
    server =
        new LiveServer(
            Map.of(ConfigKey.WRONG_KEYS_PER_MINUTE, "0", ConfigKey.ALLOW_PRIVATE_TARGETS, "true"));
    owner = server.client;
    String batch = server.submit("worker", 2, "");
    owner.post("/v1/batches/" + batch + "/cancel", null);
    JsonNode operation =
        owner.post("/v1/batches/cancel", "{\"filter\":{\"name\":\"nothing\"}}").json();
    JsonNode other = owner.post("/v1/accounts", "{\"name\":\"other\"}").json();
    otherAccount = owner.withKey(key("\"admin\",\"read\",\"write\",\"cancel\"", other));
    examples =
        Map.of(
            "/v1/batches/{id}", batch,
            "/v1/operations/{id}", operation.path("operation_id").asString(),
            "/v1/keys/{id}", newKey("\"read\"", null).path("id").asString(),
            "/v1/templates/{id}", newTemplate(),
            "/v1/webhooks/{id}", newWebhook(),
            "/v1/accounts/{id}", owner.get("/v1/account").json().path("id").asString());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String newTemplate() {
    JsonNode created = owner.post("/v1/templates", "{\"name\":\"t\",\"html\":\"x\"}").json();
    return created.path("id").asString();
  }

  /** Creates a webhook and a delivery, which some routes need. */
  private String newWebhook() {
    String id =
        owner
            .post("/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/\"}")
            .json()
            .path("id")
            .asString();
    delivery = owner.post("/v1/webhooks/" + id + "/test", null).json().path("id").asString();
    return id;
  }

  private String key(String scopes, @Nullable JsonNode account) {
    return newKey(scopes, account).path("secret").asString();
  }

  private JsonNode newKey(String scopes, @Nullable JsonNode account) {
    String accountField =
        account == null ? "" : ",\"account_id\":\"%s\"".formatted(account.path("id").asString());
    return owner
        .post("/v1/keys", "{\"name\":\"k\",\"scopes\":[%s]%s}".formatted(scopes, accountField))
        .json();
  }

  @Test
  void a_missing_and_an_invalid_key_are_unauthorized() {
    JsonNode issued = newKey("\"read\",\"write\",\"cancel\",\"admin\"", null);
    TestClient revoked = owner.withKey(issued.path("secret").asString());
    assertThat(revoked.get("/v1/account").status()).isEqualTo(200);
    owner.delete("/v1/keys/" + issued.path("id").asString());
    for (String operation : OpenApi.keyedOperations()) {
      for (TestClient client :
          List.of(owner.withKey(null), owner.withKey(WRONG_KEY), owner.withKey("hg"), revoked)) {
        HttpReply reply = send(client, operation, UNKNOWN);
        assertThat(reply.status()).as(operation).isEqualTo(401);
        assertThat(reply.code()).as(operation).isEqualTo("unauthorized");
        assertThat(reply.header("WWW-Authenticate")).as(operation).isEqualTo("Bearer");
      }
    }
  }

  @Test
  void each_route_needs_exactly_one_scope() {
    List<TestClient> keys =
        Stream.of("\"read\"", "\"write\"", "\"cancel\"", "\"admin\"")
            .map(scope -> owner.withKey(key(scope, null)))
            .toList();
    for (String operation : OpenApi.keyedOperations()) {
      List<String> codes = new ArrayList<>();
      for (TestClient client : keys) {
        HttpReply reply = send(client, operation, UNKNOWN);
        codes.add(reply.status() == 403 ? reply.code() : "allowed");
      }
      assertThat(codes)
          .as(operation)
          .containsExactlyInAnyOrder("allowed", "forbidden", "forbidden", "forbidden");
    }
  }

  @Test
  void an_id_of_another_account_gets_the_same_response_as_an_unknown_one() {
    List<String> withIds =
        OpenApi.keyedOperations().stream().filter(name -> name.contains("{id}")).toList();
    assertThat(withIds).hasSizeGreaterThan(15);
    for (String operation : withIds) {
      String id = example(operation);
      String answer = send(otherAccount, operation, UNKNOWN).text();
      assertThat(answer).contains("\"code\":\"not-found\"");
      for (String form : encodings(id)) {
        HttpReply reply = send(otherAccount, operation, form);
        assertThat(reply.status()).as(operation + " " + form).isEqualTo(404);
        assertThat(reply.text()).as(operation + " " + form).isEqualTo(answer);
      }
    }
    // The same ids must be found by their owner. This comes last because some of these requests
    // change
    // or delete the object; deletes come after all others.
    List<String> deletesLast =
        withIds.stream()
            .sorted(Comparator.comparing((String name) -> name.startsWith("DELETE ")))
            .toList();
    for (String operation : deletesLast) {
      assertThat(send(owner, operation, example(operation)).status())
          .as(operation + " of its owner")
          .isNotEqualTo(404);
    }
  }

  private static List<String> encodings(String id) {
    String hex = id.replace("-", "");
    return List.of(
        id,
        id.toUpperCase(Locale.ROOT),
        hex,
        ulid(hex),
        ulid(hex).toLowerCase(Locale.ROOT),
        "%7B" + id + "%7D",
        "urn:uuid:" + id,
        id + "%00",
        "%20" + id,
        "nonsense");
  }

  /** The same 128 bits in the format of a ULID. */
  private static String ulid(String hex) {
    String letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    BigInteger rest = new BigInteger(hex, 16);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 26; i++) {
      text.append(letters.charAt(rest.intValue() & 31));
      rest = rest.shiftRight(5);
    }
    return text.reverse().toString();
  }

  private String example(String operation) {
    Optional<String> prefix =
        examples.keySet().stream().filter(start -> operation.contains(" " + start)).findAny();
    assertThat(prefix).as("an id for " + operation + "; add one to this test").isPresent();
    return String.valueOf(examples.get(prefix.orElseThrow()));
  }

  private HttpReply send(TestClient client, String operation, String id) {
    String[] parts = operation.split(" ", 2);
    String path =
        parts[1].replace("{id}", id).replace("{delivery}", delivery).replaceAll("\\{[^}]+}", "0");
    String body = BODIES.get(operation);
    return body == null
        ? client.method(parts[0], path)
        : client.send(
            client
                .request(path, "Content-Type", "application/json")
                .method(parts[0], HttpRequest.BodyPublishers.ofString(body)));
  }
}
