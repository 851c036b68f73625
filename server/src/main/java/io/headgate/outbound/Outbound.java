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
 * Sends HTTP requests to URLs that clients supply. Only http and https are used, and only addresses
 * that passed the target check: the connection goes to exactly the address that was checked
 * (docs/decisions/0005). The same holds for each redirect. {@link OutboundLimits} bound bytes and
 * time. Connections are kept and reused. Thread-safe.
 */
public final class Outbound implements AutoCloseable {

  private final Targets targets;
  private final InstantSource clock;
  private final Space space;
  private final CloseableHttpClient client;
  private final boolean proxied;
  private final @Nullable Outbound throughProxy;

  /**
   * @param allowPrivateTargets true allows every address, loopback and private ones included
   */
  public Outbound(boolean allowPrivateTargets, InstantSource clock) {
    this(new Targets(allowPrivateTargets), clock);
  }

  public Outbound(Targets targets, InstantSource clock) {
    this(targets, clock, Optional.empty());
  }

  /**
   * @param proxy the operator's forward proxy, which {@link #throughProxy} uses
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
   * Sends requests through the operator's proxy, with one promise less: the proxy resolves names
   * again, so it may connect to another address than the one that was checked here. Empty when no
   * proxy is configured.
   */
  public Optional<Outbound> throughProxy() {
    return Optional.ofNullable(throughProxy);
  }

  /** The target check, for callers that connect by other means. */
  public Targets targets() {
    return targets;
  }

  /**
   * Sends a request, follows redirects and reads the whole response. An interrupt ends this at
   * once.
   *
   * <p>A redirect to another origin is followed with harmless headers only. A redirect that would
   * send the body to another origin is not followed but returned.
   */
  public Answer send(OutboundRequest request, OutboundLimits limits) throws InterruptedException {
    try (Space.Share share = space.share()) {
      return send(request, limits, share);
    }
  }

  /** The memory budget for response bodies, for callers that keep responses. */
  public Space space() {
    return space;
  }

  /**
   * As {@link #send(OutboundRequest, OutboundLimits)}; the memory of the response stays reserved
   * until {@code share} is closed.
   *
   * @param share of {@link #space}
   */
  public Answer send(OutboundRequest request, OutboundLimits limits, Space.Share share)
      throws InterruptedException {
    Deadline deadline = Deadline.in(limits.total());
    OutboundRequest next = request;
    for (int redirects = 0; ; redirects++) {
      share.keep(0); // release what the previous response reserved
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
