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
 * Opens TCP connections to checked targets, for callers that implement a protocol themselves. As
 * with {@link Outbound}, the connection goes to exactly the address that was checked. Thread-safe.
 */
public final class CheckedConnector {

  private static final int MAX_ADDRESSES = 3;

  private final TargetCheck targetCheck;
  private final Duration connectTimeout;

  /**
   * @param targetCheck the target check
   * @param connectTimeout the connect timeout for each address
   */
  public CheckedConnector(TargetCheck targetCheck, Duration connectTimeout) {
    this.targetCheck = targetCheck;
    this.connectTimeout = connectTimeout;
  }

  /**
   * Connects to the host and port of {@code url}.
   *
   * @throws ConnectFailedException when the target is refused, has no address or does not respond
   */
  public Socket connect(Target.Url url) throws ConnectFailedException, InterruptedException {
    IOException last = new IOException("no address");
    for (InetAddress address : addresses(url)) {
      try {
        return connect(new InetSocketAddress(address, url.port()));
      } catch (IOException e) {
        last = e;
      }
    }
    OutboundError error =
        last instanceof SocketTimeoutException ? OutboundError.TIMEOUT : OutboundError.CONNECT;
    throw new ConnectFailedException(error, "cannot connect to " + url.authority(), last);
  }

  /**
   * Only checks the target, for connections through another proxy, which resolves the name again:
   * the result holds only for the addresses that the name has now.
   *
   * @throws ConnectFailedException when the target is refused or has no address
   */
  public void check(Target.Url url) throws ConnectFailedException, InterruptedException {
    List<InetAddress> _ = addresses(url);
  }

  private List<InetAddress> addresses(Target.Url url)
      throws ConnectFailedException, InterruptedException {
    try {
      List<InetAddress> all = targetCheck.addresses(url.host());
      return all.subList(0, Math.min(all.size(), MAX_ADDRESSES));
    } catch (TargetCheck.TargetRefusedException e) {
      throw new ConnectFailedException(e.failed(), e);
    } catch (UnknownHostException e) {
      throw new ConnectFailedException(OutboundError.DNS, "no address found for " + url.host(), e);
    }
  }

  private Socket connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, (int) connectTimeout.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** There is no connection; {@link #failed} is the reason as {@link Outbound} reports it. */
  public static final class ConnectFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient OutboundResult.OutboundFailure failed;

    ConnectFailedException(OutboundResult.OutboundFailure failed, Throwable cause) {
      super(failed.message(), cause);
      this.failed = failed;
    }

    ConnectFailedException(OutboundError error, String message, Throwable cause) {
      this(new OutboundResult.OutboundFailure(error, message), cause);
    }

    public OutboundResult.OutboundFailure failed() {
      return failed;
    }
  }
}
