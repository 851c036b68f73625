package io.headgate.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Opens TCP connections to checked targets, for callers that speak a protocol themselves. As with
 * {@link Outbound}, the connection goes to exactly the address that was checked. Thread-safe.
 */
public final class Dial {

  private static final int ADDRESSES_TRIED = 3;

  private final Targets targets;
  private final Duration patience;

  /**
   * @param targets the target check
   * @param patience the connect timeout for each address
   */
  public Dial(Targets targets, Duration patience) {
    this.targets = targets;
    this.patience = patience;
  }

  /**
   * Connects to the host and port of {@code url}.
   *
   * @throws NoAnswer when the target is refused, has no address or does not answer
   */
  public Socket connect(Target.Url url) throws NoAnswer, InterruptedException {
    IOException last = new IOException("no address");
    for (InetAddress address : addresses(url)) {
      try {
        return connect(new InetSocketAddress(address, url.port()));
      } catch (IOException e) {
        last = e;
      }
    }
    Trouble trouble = last instanceof SocketTimeoutException ? Trouble.TIMEOUT : Trouble.CONNECT;
    throw new NoAnswer(trouble, "cannot connect to " + url.authority(), last);
  }

  /**
   * Only checks the target, for connections through another proxy, which resolves the name again:
   * the result holds only for the addresses that the name has now.
   *
   * @throws NoAnswer when the target is refused or has no address
   */
  public void check(Target.Url url) throws NoAnswer, InterruptedException {
    List<InetAddress> _ = addresses(url);
  }

  private List<InetAddress> addresses(Target.Url url) throws NoAnswer, InterruptedException {
    try {
      List<InetAddress> all = targets.addresses(url.host());
      return all.subList(0, Math.min(all.size(), ADDRESSES_TRIED));
    } catch (Targets.TargetRefused e) {
      throw new NoAnswer(e.failed(), e);
    } catch (UnknownHostException e) {
      throw new NoAnswer(Trouble.DNS, "no address found for " + url.host(), e);
    }
  }

  private Socket connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, (int) patience.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** There is no connection; {@link #failed} is the reason as {@link Outbound} reports it. */
  public static final class NoAnswer extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Answer.Failed failed;

    NoAnswer(Answer.Failed failed, Throwable cause) {
      super(failed.message(), cause);
      this.failed = failed;
    }

    NoAnswer(Trouble trouble, String message, Throwable cause) {
      this(new Answer.Failed(trouble, message), cause);
    }

    public Answer.Failed failed() {
      return failed;
    }
  }
}
