package io.headgate.client;

import io.headgate.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;

/** Base of tests: a client and the stub server that it calls. */
abstract class ClientCase {

  final Peer peer = peer();
  final HeadgateClient client = HeadgateClient.at(peer.url(), "hg_test");

  @AfterEach
  void stop() {
    client.close();
    peer.close();
  }

  private static Peer peer() {
    try {
      return new Peer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
