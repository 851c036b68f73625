package io.headgate.client;

import io.headgate.stub.StubServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;

/** Base of tests: a client and the stub server that it calls. */
abstract class ClientTestCase {

  final StubServer server = server();
  final HeadgateClient client = HeadgateClient.at(server.url(), "hg_test");

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static StubServer server() {
    try {
      return new StubServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
