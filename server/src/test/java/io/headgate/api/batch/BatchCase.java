package io.headgate.api.batch;

import io.headgate.batch.Ending;
import io.headgate.http.TestClient;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * One test server for all tests of a class. Batches of earlier tests are paused before each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BatchCase {

  static final Ending SUCCESS = new Ending.Succeeded("{\"n\":1}");
  static final Ending FAILURE = new Ending.Failed("boom", "it went wrong", false, Optional.empty());

  final BatchHouse house = new BatchHouse();
  final TestClient client = house.client;

  @AfterAll
  void close() {
    house.close();
  }

  @BeforeEach
  void stopWhatIsLeft() {
    house.database.useTransaction(tx ->
        tx.update("update batch set paused = true, ready_at = null where finished_at is null")
            .execute());
  }
}
