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
 * such limit, so a client that sends single bytes slowly could occupy a connection for days
 * (docs/decisions/0018-helidon-workarounds.md). Safe for use by several threads.
 */
final class HeaderTimeout implements Http1ConnectionListener, AutoCloseable {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private final Map<ConnectionContext, Long> startedNanos = new ConcurrentHashMap<>();
  private final Duration timeout;
  private final Loop loop = new Loop("headgate-header-timeout", CHECK_INTERVAL, this::runOnce);

  /**
   * Starts the thread that checks connections every second.
   *
   * @param timeout maximum time from the first line of a request to the end of its headers
   */
  HeaderTimeout(Duration timeout) {
    this.timeout = timeout;
    loop.start();
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    startedNanos.put(connection, System.nanoTime());
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    startedNanos.remove(connection);
  }

  Loop loop() {
    return loop;
  }

  private boolean runOnce() {
    long now = System.nanoTime();
    startedNanos.forEach((connection, started) -> {
      if (now - started > timeout.toNanos()) {
        startedNanos.remove(connection);
        closeSocket(connection);
      }
    });
    return false;
  }

  private static void closeSocket(ConnectionContext connection) {
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
