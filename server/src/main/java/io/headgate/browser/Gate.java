package io.headgate.browser;

import io.headgate.outbound.Dial;
import io.headgate.outbound.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The browsers' only way out: a forward proxy on loopback. It resolves, checks and connects itself,
 * so redirects, workers, WebSockets and names that change their answer all meet the same check, and
 * it serves nobody but a visit that is under way.
 */
final class Gate implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BACKLOG = 256;

  private final ServerSocket door;
  private final Dial dial;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Passage> passages = new ConcurrentHashMap<>();

  private Gate(ServerSocket door, Dial dial) {
    this.door = door;
    this.dial = dial;
  }

  static Gate open(Targets targets) {
    try {
      ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
      Gate gate = new Gate(door, new Dial(targets, PATIENCE));
      Thread.ofPlatform().daemon().name("headgate-browser-gate").start(gate::accept);
      return gate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where browsers find it. */
  String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** Lets one visit pass until its passage is closed. */
  Passage admit(long maxBytes, Optional<Proxy> proxy) {
    String user = secret();
    String password = secret();
    String credential = Passage.credential(user, password);
    Runnable forget = () -> passages.remove(credential);
    Passage passage = new Passage(user, password, proxy, maxBytes, forget);
    passages.put(credential, passage);
    return passage;
  }

  private String secret() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        Thread.ofVirtual()
            .name("browser-gate")
            .start(new GateConnection(socket, dial, c -> Optional.ofNullable(passages.get(c))));
      } catch (IOException _) {
        // closed, or out of file handles for a moment: the loop sees which
      }
    }
  }

  @Override
  public void close() {
    Passage.closeQuietly(door);
    passages.values().forEach(Passage::close);
  }
}
