package io.headgate.browser;

import io.headgate.outbound.Dial;
import io.headgate.outbound.Targets;
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
final class Gate implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BACKLOG = 256;

  private final ServerSocket shut;
  private final Dial dial;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();

  private Gate(ServerSocket shut, Dial dial) {
    this.shut = shut;
    this.dial = dial;
  }

  static Gate open(Targets targets) {
    try {
      Gate gate = new Gate(door(), new Dial(targets, PATIENCE));
      stand(gate.shut, Passage::closeQuietly);
      return gate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The address of a port that closes every connection: for traffic of the browser itself and for
   * visits without network.
   */
  String nowhere() {
    return address(shut);
  }

  /**
   * Opens a port for one visit until the returned object is closed. Connections of other users of
   * this machine are closed.
   *
   * @param maxBytes the bytes that the visit may receive and send
   * @param proxy the upstream proxy of the visit; empty to connect directly
   */
  Passage admit(long maxBytes, Optional<Proxy> proxy) {
    try {
      ServerSocket door = door();
      Passage passage = new Passage(door, proxy, maxBytes, passages::remove);
      passages.add(passage);
      stand(door, socket -> receive(socket, passage));
      return passage;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(Socket socket, Passage passage) {
    Thread.ofVirtual().name("browser-gate").start(new GateConnection(socket, dial, passage));
  }

  private static ServerSocket door() throws IOException {
    return new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
  }

  static String address(ServerSocket door) {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  private static void stand(ServerSocket door, Consumer<Socket> comer) {
    Thread.ofVirtual()
        .name("browser-gate-door")
        .start(() -> {
          while (!door.isClosed()) {
            try {
              comer.accept(door.accept());
            } catch (IOException _) {
              // closed, or no file handle is free: the loop condition decides
            }
          }
        });
  }

  @Override
  public void close() {
    Passage.closeQuietly(shut);
    passages.forEach(Passage::close);
  }
}
