package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.http.TestClient.HttpReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A test server for submits. Each test starts with an empty database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SubmitCase {

  final BatchTestServer server = new BatchTestServer();

  @AfterAll
  void close() {
    server.close();
  }

  @BeforeEach
  void empty() {
    server.database.useTransaction(
        tx -> tx.update("truncate batch, item, idempotency cascade").execute());
  }

  static void assertInvalid(HttpReply reply, String field) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("invalid-request");
    JsonNode error = reply.json().path("errors").path(0);
    assertThat(error.path("field").asString(null)).as(reply.text()).isEqualTo(field);
    assertThat(error.path("message").asString()).isNotEmpty();
  }

  void assertNothingStored() {
    assertThat(server.count("batch")).isZero();
    assertThat(server.count("item")).isZero();
  }
}
