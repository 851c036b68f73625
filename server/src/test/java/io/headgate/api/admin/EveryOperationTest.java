package io.headgate.api.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.RateLimits;
import io.headgate.api.OpenApi;
import io.headgate.http.Operation;
import io.headgate.http.ProblemCode;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Every operation requires its key and scope, and is described. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryOperationTest {

  private static final String UNKNOWN_ID = "0199aaaa-0000-7000-8000-000000000000";

  private final AdminTestServer server = new AdminTestServer(new RateLimits(0, 0));
  private final TestClient admin = server.client;

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void a_key_without_the_scope_is_refused_at_every_operation() {
    for (Operation operation : server.operations) {
      if (operation instanceof Operation.KeyedOperation keyed) {
        String others =
            Stream.of("read", "write", "cancel", "admin")
                .filter(word -> !word.equals(keyed.scope().wireName()))
                .collect(Collectors.joining("\",\""));
        TestClient client =
            admin.withKey(server.newKey(admin, "narrow", ",\"scopes\":[\"" + others + "\"]"));
        assertThat(send(client, operation).code())
            .as(operation.route().toString())
            .isEqualTo("forbidden");
      }
    }
  }

  @Test
  void no_operation_that_needs_a_key_answers_without_one() {
    for (Operation operation : server.operations) {
      if (operation instanceof Operation.KeyedOperation) {
        HttpReply reply = send(admin.withKey(null), operation);
        assertThat(reply.status()).as(operation.route().toString()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      }
    }
  }

  private static HttpReply send(TestClient client, Operation operation) {
    String path = operation.route().path().replaceAll("\\{[^}]+}", UNKNOWN_ID);
    return client.method(operation.route().method().name(), path);
  }

  @Test
  void every_operation_is_described() {
    assertThat(OpenApi.operations())
        .containsAll(server.operations.stream().map(OpenApi::name).toList());
  }

  @Test
  void an_answer_that_departs_from_the_description_is_noticed() {
    JsonNode entry = OpenApi.schema("JournalEntry");
    String good =
        """
        {"id":1,"at":"2026-11-21T10:00:00.123Z","kind":"grant","credits":1,"batch_id":null}\
        """;
    OpenApi.checkJson("good", entry, good);
    for (String bad :
        List.of(
            good.replace(".123Z", "Z"),
            good.replace("null", "\"x\""),
            good.replace("\"credits\":1,", ""),
            good.replace("{", "{\"more\":1,"),
            good.replace("grant", "gift"))) {
      assertThatThrownBy(() -> OpenApi.checkJson("bad", entry, bad))
          .as(bad)
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void the_description_lists_every_problem_code() {
    assertThat(OpenApi.problemCodes())
        .containsExactly(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName).toArray(String[]::new));
  }
}
