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

/** One visit's right to go through the {@link Gate}: its door, its bytes, its connections. */
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
   * @param door closed with it
   */
  Passage(ServerSocket door, Optional<Proxy> proxy, long maxBytes, Consumer<Passage> onClose) {
    this.door = door;
    this.proxy = proxy;
    this.bytesLeft = new AtomicLong(maxBytes);
    this.onClose = onClose;
  }

  /** Where its browser finds the proxy. */
  String address() {
    return Gate.address(door);
  }

  Optional<Proxy> proxy() {
    return proxy;
  }

  /** The value of {@code Proxy-Authorization} for a proxy behind this one. */
  static String credential(String user, String password) {
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  /** Takes a connection into the visit, whose end will close it. */
  void enter(Closeable connection) throws IOException {
    open.add(connection);
    if (closed || open.size() > MAX_CONNECTIONS) {
      leave(connection);
      throw new IOException("the visit takes no more connections");
    }
  }

  void leave(Closeable connection) {
    open.remove(connection);
    closeQuietly(connection);
  }

  /** Counts what comes in; past the limit nothing more does. */
  void count(long bytes) throws IOException {
    if (bytesLeft.addAndGet(-bytes) < 0) {
      refused(new Answer.Failed(Trouble.TOO_LARGE, "the page loads more bytes than a visit may"));
      cut();
      throw new IOException("too many bytes");
    }
  }

  void refused(Answer.Failed failed) {
    trouble = failed;
  }

  /** What went wrong on the way out, the last of it. */
  Optional<Answer.Failed> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Notes that the page has left the web. */
  void strayed() {
    strayed = true;
  }

  /** A page that was cut off for its size is no whole page, and one off the web is nobody's. */
  void requireInOrder() throws BrowserTrouble {
    if (strayed) {
      throw new BrowserTrouble("page-refused", "the page may not be visited", false);
    }
    Optional<BrowserTrouble> excess = excess();
    if (excess.isPresent()) {
      throw excess.get();
    }
  }

  /** Present once it was cut off for its size. */
  Optional<BrowserTrouble> excess() {
    return trouble()
        .filter(PageTrouble::tooLarge)
        .map(failed -> new BrowserTrouble(failed.code(), failed.message(), failed.passing()));
  }

  /** Ends every connection; what waits for the network waits no longer. */
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
      // it is gone either way
    }
  }
}
