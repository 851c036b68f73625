package io.headgate.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * Sends requests to places that strangers name. Promised: only http and https; only addresses that
 * were checked, and the connection goes to the very address that was (docs/decisions/0005); the
 * same for each redirect; no more bytes and no more time than the limits say; connections are kept
 * and used again.
 */
public final class Outbound implements AutoCloseable {

  private final Targets targets;
  private final InstantSource clock;
  private final CloseableHttpClient client;

  /**
   * @param allowPrivateTargets true lets requests reach loopback, private and all other addresses
   */
  public Outbound(boolean allowPrivateTargets, InstantSource clock) {
    this(new Targets(allowPrivateTargets), clock);
  }

  public Outbound(Targets targets, InstantSource clock) {
    this(targets, clock, systemTls());
  }

  Outbound(Targets targets, InstantSource clock, SSLContext tls) {
    this.targets = targets;
    this.clock = clock;
    this.client = Wire.open(targets, tls);
  }

  /** The target check alone, for those who connect by other means. */
  public Targets targets() {
    return targets;
  }

  /**
   * Sends and reads the whole answer. An interrupt ends the exchange at once.
   *
   * <p>A redirect to another origin loses all headers but the harmless ones, and is handed back
   * unfollowed when it asks to send the body there.
   */
  public Answer send(OutboundRequest request, OutboundLimits limits) throws InterruptedException {
    Deadline deadline = Deadline.in(limits.total());
    OutboundRequest next = request;
    for (int redirects = 0; ; redirects++) {
      Answer answer = hop(next, limits, deadline);
      Optional<OutboundRequest> follow = Redirect.next(next, answer);
      if (follow.isEmpty() || limits.maxRedirects() == 0) {
        return answer;
      }
      if (redirects == limits.maxRedirects()) {
        return new Answer.Failed(
            Trouble.TOO_MANY_REDIRECTS, "more than " + limits.maxRedirects() + " redirects");
      }
      next = follow.get();
    }
  }

  private Answer hop(OutboundRequest request, OutboundLimits limits, Deadline deadline)
      throws InterruptedException {
    return switch (Target.parse(request.url())) {
      case Answer.Failed failed -> failed;
      case Target.Url url ->
          new Hop(client, clock, url, request, limits.maxBytes()).run(limits.head(), deadline);
    };
  }

  private static SSLContext systemTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  @Override
  public void close() {
    targets.close();
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
