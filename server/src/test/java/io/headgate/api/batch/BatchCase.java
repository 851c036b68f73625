package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * One test server for all tests of a class. Batches of earlier tests are paused before each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BatchCase {

  static final AttemptResult SUCCESS = new AttemptResult.AttemptSucceeded("{\"n\":1}");
  static final AttemptResult FAILURE =
      new AttemptResult.AttemptFailed("boom", "it went wrong", false, Optional.empty());

  final BatchTestServer server = new BatchTestServer();
  final TestClient client = server.client;

  @AfterAll
  void close() {
    server.close();
  }

  @BeforeEach
  void pauseEarlierBatches() {
    server.database.useTransaction(tx ->
        tx.update("update batch set paused = true, ready_at = null where finished_at is null")
            .execute());
  }

  static void assertSame404(List<HttpReply> replies) {
    assertThat(replies)
        .allSatisfy(reply -> {
          assertThat(reply.status()).isEqualTo(404);
          assertThat(reply.text()).isEqualTo(replies.getFirst().text());
        });
  }
}
