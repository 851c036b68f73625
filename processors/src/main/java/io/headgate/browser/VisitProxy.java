package io.headgate.browser;

import io.headgate.outbound.OutboundError;
import io.headgate.outbound.OutboundResult;
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
 * The part of the {@link ForwardProxy} that serves one visit: its port, its byte count and its
 * connections. Thread-safe.
 */
final class VisitProxy implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 200;

  private final ServerSocket listener;
  private final Optional<UpstreamProxy> proxy;
  private final AtomicLong bytesLeft;
  private final Consumer<VisitProxy> onClose;
  private final Set<Closeable> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile boolean leftWeb;
  private volatile OutboundResult.@Nullable OutboundFailure failure;

  /**
   * @param listener the listening socket; closed together with this object
   * @param proxy the upstream proxy; empty to connect directly
   * @param maxBytes the bytes that the visit may receive and send
   * @param onClose called when this object is closed
   */
  VisitProxy(
      ServerSocket listener,
      Optional<UpstreamProxy> proxy,
      long maxBytes,
      Consumer<VisitProxy> onClose) {
    this.listener = listener;
    this.proxy = proxy;
    this.bytesLeft = new AtomicLong(maxBytes);
    this.onClose = onClose;
  }

  /** The URL of the proxy for the browser of this visit. */
  String address() {
    return ForwardProxy.address(listener);
  }

  Optional<UpstreamProxy> proxy() {
    return proxy;
  }

  /** The value of {@code Proxy-Authorization} for an upstream proxy. */
  static String credential(String user, String password) {
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  /** Adds a connection to the visit; it is closed with the visit at the latest. */
  void add(Closeable connection) throws IOException {
    connections.add(connection);
    if (closed || connections.size() > MAX_CONNECTIONS) {
      remove(connection);
      throw new IOException("the visit has ended or has too many connections");
    }
  }

  void remove(Closeable connection) {
    connections.remove(connection);
    closeQuietly(connection);
  }

  /** Counts transferred bytes. Above the limit all connections are closed. */
  void count(long bytes) throws IOException {
    if (bytesLeft.addAndGet(-bytes) < 0) {
      recordFailure(
          new OutboundResult.OutboundFailure(
              OutboundError.TOO_LARGE, "the page exceeds the transfer limit of one visit"));
      closeConnections();
      throw new IOException("the visit exceeds its transfer limit");
    }
  }

  /** Keeps a failure of the transfer limit: later failures are its consequences. */
  synchronized void recordFailure(OutboundResult.OutboundFailure failed) {
    if (limitError().isEmpty()) {
      failure = failed;
    }
  }

  /** The last failure of a connection. */
  Optional<OutboundResult.OutboundFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Records that the page navigated to a scheme other than http and https. */
  void leftWeb() {
    leftWeb = true;
  }

  /**
   * Fails when the result of the visit must not be used: the page is incomplete because it exceeded
   * the transfer limit, or it left http and https.
   */
  void requireUsable() throws BrowserException {
    if (leftWeb) {
      throw new BrowserException("page-refused", "the page may not be visited", false);
    }
    Optional<BrowserException> excess = limitError();
    if (excess.isPresent()) {
      throw excess.get();
    }
  }

  /** Present once the visit exceeded its transfer limit. */
  Optional<BrowserException> limitError() {
    return failure()
        .filter(PageErrors::tooLarge)
        .map(failed -> new BrowserException(failed.code(), failed.message(), failed.retryable()));
  }

  /** Closes every connection and refuses new ones, which ends all waiting for the network. */
  void closeConnections() {
    closed = true;
    connections.forEach(this::remove);
  }

  @Override
  public void close() {
    closeQuietly(listener);
    onClose.accept(this);
    closeConnections();
  }

  static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException _) {
      // the connection is unusable either way
    }
  }
}
