package io.headgate.browser;

import io.headgate.outbound.CheckedConnector;
import io.headgate.outbound.TargetCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The forward proxy on loopback that carries all traffic of the browsers. It resolves names, checks
 * addresses and connects itself, so the same check covers redirects, workers, WebSockets and names
 * that change their addresses. Each visit has its own port, which is open until the visit ends.
 * Thread-safe.
 */
final class ForwardProxy implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int BACKLOG = 256;

  private final ServerSocket closedPort;
  private final CheckedConnector connector;
  private final Set<VisitProxy> visits = ConcurrentHashMap.newKeySet();

  private ForwardProxy(ServerSocket closedPort, CheckedConnector connector) {
    this.closedPort = closedPort;
    this.connector = connector;
  }

  static ForwardProxy open(TargetCheck targets) {
    try {
      ForwardProxy forwardProxy =
          new ForwardProxy(listen(), new CheckedConnector(targets, CONNECT_TIMEOUT));
      acceptAll(forwardProxy.closedPort, VisitProxy::closeQuietly);
      return forwardProxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The address of a port that closes every connection: for traffic of the browser itself and for
   * visits without network.
   */
  String refusingAddress() {
    return address(closedPort);
  }

  /**
   * Opens a port for one visit until the returned object is closed. Connections of other users of
   * this machine are closed.
   *
   * @param maxBytes the bytes that the visit may receive and send
   * @param proxy the upstream proxy of the visit; empty to connect directly
   */
  VisitProxy openVisit(long maxBytes, Optional<UpstreamProxy> proxy) {
    try {
      ServerSocket listener = listen();
      VisitProxy visit = new VisitProxy(listener, proxy, maxBytes, visits::remove);
      visits.add(visit);
      acceptAll(listener, socket -> serve(socket, visit));
      return visit;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket socket, VisitProxy visit) {
    Thread.ofVirtual()
        .name("browser-gate")
        .start(new ForwardProxyConnection(socket, connector, visit));
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
  }

  static String address(ServerSocket listener) {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private static void acceptAll(ServerSocket listener, Consumer<Socket> handler) {
    Thread.ofVirtual()
        .name("browser-proxy-accept")
        .start(() -> {
          while (!listener.isClosed()) {
            try {
              handler.accept(listener.accept());
            } catch (IOException _) {
              // closed, or no file handle is free: the loop condition decides
            }
          }
        });
  }

  @Override
  public void close() {
    VisitProxy.closeQuietly(closedPort);
    visits.forEach(VisitProxy::close);
  }
}
