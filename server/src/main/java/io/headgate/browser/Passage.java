package io.headgate.browser;

import io.headgate.outbound.Answer;
import io.headgate.outbound.Trouble;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of the {@link Gate} that serves one visit: its port, its byte count and its connections.
 * Thread-safe.
 */
final class Passage implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 200;

  private final ServerSocket door;
  private final Optional<Proxy> proxy;
  private final AtomicLong bytesLeft;
  private final Consumer<Passage> onClose;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile boolean strayed;
  private volatile Answer.@Nullable Failed trouble;

  /**
   * @param door the listening socket; closed together with this object
   * @param proxy the upstream proxy; empty to connect directly
   * @param maxBytes the bytes that the visit may receive and send
   * @param onClose called when this object is closed
   */
  Passage(ServerSocket door, Optional<Proxy> proxy, long maxBytes, Consumer<Passage> onClose) {
    this.door = door;
    this.proxy = proxy;
    this.bytesLeft = new AtomicLong(maxBytes);
    this.onClose = onClose;
  }

  /** The URL of the proxy for the browser of this visit. */
  String address() {
    return Gate.address(door);
  }

  Optional<Proxy> proxy() {
    return proxy;
  }

  /** The value of {@code Proxy-Authorization} for an upstream proxy. */
  static String credential(String user, String password) {
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  /** Adds a connection to the visit; it is closed with the visit at the latest. */
  void enter(Closeable connection) throws IOException {
    open.add(connection);
    if (closed || open.size() > MAX_CONNECTIONS) {
      leave(connection);
      throw new IOException("the visit has ended or has too many connections");
    }
  }

  void leave(Closeable connection) {
    open.remove(connection);
    closeQuietly(connection);
  }

  /** Counts transferred bytes. Above the limit all connections are closed. */
  void count(long bytes) throws IOException {
    if (bytesLeft.addAndGet(-bytes) < 0) {
      refused(
          new Answer.Failed(Trouble.TOO_LARGE, "the page exceeds the transfer limit of one visit"));
      cut();
      throw new IOException("the visit exceeds its transfer limit");
    }
  }

  void refused(Answer.Failed failed) {
    trouble = failed;
  }

  /** The last failure of a connection. */
  Optional<Answer.Failed> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Records that the page navigated to a scheme other than http and https. */
  void strayed() {
    strayed = true;
  }

  /**
   * Fails when the result of the visit must not be used: the page is incomplete because it exceeded
   * the transfer limit, or it left http and https.
   */
  void requireInOrder() throws BrowserTrouble {
    if (strayed) {
      throw new BrowserTrouble("page-refused", "the page may not be visited", false);
    }
    Optional<BrowserTrouble> excess = excess();
    if (excess.isPresent()) {
      throw excess.get();
    }
  }

  /** Present once the visit exceeded its transfer limit. */
  Optional<BrowserTrouble> excess() {
    return trouble()
        .filter(PageTrouble::tooLarge)
        .map(failed -> new BrowserTrouble(failed.code(), failed.message(), failed.passing()));
  }

  /** Closes every connection and refuses new ones, which ends all waiting for the network. */
  void cut() {
    closed = true;
    open.forEach(this::leave);
  }

  @Override
  public void close() {
    closeQuietly(door);
    onClose.accept(this);
    cut();
  }

  static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException _) {
      // the connection is unusable either way
    }
  }
}
