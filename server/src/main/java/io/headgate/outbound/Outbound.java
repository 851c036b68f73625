package io.headgate.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to places that strangers name. Promised: only http and https; only addresses that
 * were checked, and the connection goes to the very address that was (docs/decisions/0005); the
 * same for each redirect; no more bytes and no more time than the limits say; connections are kept
 * and used again.
 */
public final class Outbound implements AutoCloseable {

  private final Targets targets;
  private final InstantSource clock;
  private final Space space;
  private final CloseableHttpClient client;
  private final boolean proxied;
  private final @Nullable Outbound throughProxy;

  /**
   * @param allowPrivateTargets true lets requests reach loopback, private and all other addresses
   */
  public Outbound(boolean allowPrivateTargets, InstantSource clock) {
    this(new Targets(allowPrivateTargets), clock);
  }

  public Outbound(Targets targets, InstantSource clock) {
    this(targets, clock, Optional.empty());
  }

  /**
   * @param proxy a second way out, for those who ask for it
   */
  public Outbound(Targets targets, InstantSource clock, Optional<OutboundProxy> proxy) {
    this(
        targets, clock, Space.ofThisProcess(), Wire.open(targets, systemTls()), proxy.orElse(null));
  }

  Outbound(Targets targets, InstantSource clock, SSLContext tls) {
    this(targets, clock, Space.ofThisProcess(), Wire.open(targets, tls), null);
  }

  Outbound(Targets targets, InstantSource clock, Space space) {
    this(targets, clock, space, Wire.open(targets, systemTls()), null);
  }

  private Outbound(
      Targets targets,
      InstantSource clock,
      Space space,
      CloseableHttpClient client,
      @Nullable OutboundProxy proxy) {
    this.targets = targets;
    this.clock = clock;
    this.space = space;
    this.client = client;
    this.proxied = false;
    this.throughProxy = proxy == null ? null : new Outbound(targets, clock, space, proxy);
  }

  private Outbound(Targets targets, InstantSource clock, Space space, OutboundProxy proxy) {
    this.targets = targets;
    this.clock = clock;
    this.space = space;
    this.client = Wire.openThrough(proxy, systemTls());
    this.proxied = true;
    this.throughProxy = null;
  }

  /**
   * The same promises by way of the operator's proxy, but one: the proxy looks names up anew, so
   * what was checked here and what it connects to may differ. Empty when none is configured.
   */
  public Optional<Outbound> throughProxy() {
    return Optional.ofNullable(throughProxy);
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
    try (Space.Share share = space.share()) {
      return send(request, limits, share);
    }
  }

  /** Where all answers of this process lie, for those who hold them for longer. */
  public Space space() {
    return space;
  }

  /**
   * The same; the answer holds its room until {@code share} is closed.
   *
   * @param share of {@link #space}
   */
  public Answer send(OutboundRequest request, OutboundLimits limits, Space.Share share)
      throws InterruptedException {
    Deadline deadline = Deadline.in(limits.total());
    OutboundRequest next = request;
    for (int redirects = 0; ; redirects++) {
      share.keep(0); // of the hop before
      Body.Limits body =
          new Body.Limits(limits.maxBytes(), space.small(), share, deadline, limits.beginning());
      Answer answer = hop(next, limits.head(), body);
      if (redirects > 0 && answer instanceof Answer.Failed failed && failed.concernsUrl()) {
        return new Answer.Failed(failed.trouble(), "after a redirect: " + failed.message());
      }
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

  private Answer hop(OutboundRequest request, Duration head, Body.Limits body)
      throws InterruptedException {
    Optional<Answer.Failed> refused = proxied ? targets.check(request.url()) : Optional.empty();
    if (refused.isPresent()) {
      return refused.get();
    }
    return switch (Target.parse(request.url())) {
      case Answer.Failed failed -> failed;
      case Target.Url url -> new Hop(client, clock, url, request, body).run(head);
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
      if (throughProxy != null) {
        throughProxy.client.close();
      }
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
