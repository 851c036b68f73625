package io.headgate.http;

import io.headgate.db.Loop;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes connections of clients that take too long to send the headers of a request. Helidon has no
 * such limit, so a client that sends a byte now and then could occupy a connection for days
 * (docs/decisions/0018-helidon-workarounds.md). Safe for use by several threads.
 */
final class HeadWatch implements Http1ConnectionListener, AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Map<ConnectionContext, Long> began = new ConcurrentHashMap<>();
  private final Duration patience;
  private final Loop loop = new Loop("headgate-heads", PAUSE, this::runOnce);

  /**
   * Starts the thread that checks connections every second.
   *
   * @param patience maximum time from the first line of a request to the end of its headers
   */
  HeadWatch(Duration patience) {
    this.patience = patience;
    loop.start();
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    began.put(connection, System.nanoTime());
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    began.remove(connection);
  }

  Loop loop() {
    return loop;
  }

  private boolean runOnce() {
    long now = System.nanoTime();
    began.forEach((connection, since) -> {
      if (now - since > patience.toNanos()) {
        began.remove(connection);
        hangUp(connection);
      }
    });
    return false;
  }

  private static void hangUp(ConnectionContext connection) {
    try {
      connection.serverSocket().close();
    } catch (RuntimeException e) {
      // The socket is closed already.
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
