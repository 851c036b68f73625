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

  private final TargetCheck targetCheck;
  private final InstantSource clock;
  private final BodyMemoryBudget memoryBudget;
  private final CloseableHttpClient client;
  private final boolean proxied;
  private final @Nullable Outbound throughProxy;

  /**
   * @param allowPrivateTargets true allows every address, loopback and private ones included
   */
  public Outbound(boolean allowPrivateTargets, InstantSource clock) {
    this(new TargetCheck(allowPrivateTargets), clock);
  }

  public Outbound(TargetCheck targetCheck, InstantSource clock) {
    this(targetCheck, clock, Optional.empty());
  }

  /**
   * @param proxy the operator's forward proxy, which {@link #throughProxy} uses
   */
  public Outbound(TargetCheck targetCheck, InstantSource clock, Optional<OutboundProxy> proxy) {
    this(
        targetCheck,
        clock,
        BodyMemoryBudget.ofThisProcess(),
        HttpClientFactory.direct(targetCheck, systemTls()),
        proxy.orElse(null));
  }

  Outbound(TargetCheck targetCheck, InstantSource clock, SSLContext tls) {
    this(
        targetCheck,
        clock,
        BodyMemoryBudget.ofThisProcess(),
        HttpClientFactory.direct(targetCheck, tls),
        null);
  }

  Outbound(TargetCheck targetCheck, InstantSource clock, BodyMemoryBudget memoryBudget) {
    this(
        targetCheck, clock, memoryBudget, HttpClientFactory.direct(targetCheck, systemTls()), null);
  }

  private Outbound(
      TargetCheck targetCheck,
      InstantSource clock,
      BodyMemoryBudget memoryBudget,
      CloseableHttpClient client,
      @Nullable OutboundProxy proxy) {
    this.targetCheck = targetCheck;
    this.clock = clock;
    this.memoryBudget = memoryBudget;
    this.client = client;
    this.proxied = false;
    this.throughProxy =
        proxy == null ? null : new Outbound(targetCheck, clock, memoryBudget, proxy);
  }

  private Outbound(
      TargetCheck targetCheck,
      InstantSource clock,
      BodyMemoryBudget memoryBudget,
      OutboundProxy proxy) {
    this.targetCheck = targetCheck;
    this.clock = clock;
    this.memoryBudget = memoryBudget;
    this.client = HttpClientFactory.throughProxy(proxy, systemTls());
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
  public TargetCheck targetCheck() {
    return targetCheck;
  }

  /**
   * Sends a request, follows redirects and reads the whole response. An interrupt ends this at
   * once.
   *
   * <p>A redirect to another origin is followed with harmless headers only. A redirect that would
   * send the body to another origin is not followed but returned.
   */
  public OutboundResult send(OutboundRequest request, OutboundLimits limits)
      throws InterruptedException {
    try (BodyMemoryBudget.MemoryReservation reservation = memoryBudget.newReservation()) {
      return send(request, limits, reservation);
    }
  }

  /** The memory budget for response bodies, for callers that keep responses. */
  public BodyMemoryBudget memoryBudget() {
    return memoryBudget;
  }

  /**
   * As {@link #send(OutboundRequest, OutboundLimits)}; the memory of the response stays reserved
   * until {@code reservation} is closed.
   *
   * @param reservation of {@link #memoryBudget}
   */
  public OutboundResult send(
      OutboundRequest request,
      OutboundLimits limits,
      BodyMemoryBudget.MemoryReservation reservation)
      throws InterruptedException {
    Deadline deadline = Deadline.in(limits.total());
    OutboundRequest next = request;
    for (int redirects = 0; ; redirects++) {
      reservation.shrinkTo(0); // release what the previous response reserved
      ResponseBody.BodyLimits body =
          new ResponseBody.BodyLimits(
              limits.maxBytes(),
              memoryBudget.smallBytes(),
              reservation,
              deadline,
              limits.beginningOnly());
      OutboundResult answer = fetch(next, limits.head(), body);
      if (redirects > 0
          && answer instanceof OutboundResult.OutboundFailure failed
          && failed.concernsUrl()) {
        return new OutboundResult.OutboundFailure(
            failed.error(), "after a redirect: " + failed.message());
      }
      Optional<OutboundRequest> followUp = Redirect.next(next, answer);
      if (followUp.isEmpty() || limits.maxRedirects() == 0) {
        return answer;
      }
      if (redirects == limits.maxRedirects()) {
        return new OutboundResult.OutboundFailure(
            OutboundError.TOO_MANY_REDIRECTS, "more than " + limits.maxRedirects() + " redirects");
      }
      next = followUp.get();
    }
  }

  private OutboundResult fetch(OutboundRequest request, Duration head, ResponseBody.BodyLimits body)
      throws InterruptedException {
    Optional<OutboundResult.OutboundFailure> refused =
        proxied ? targetCheck.check(request.url()) : Optional.empty();
    if (refused.isPresent()) {
      return refused.get();
    }
    return switch (Target.parse(request.url())) {
      case OutboundResult.OutboundFailure failed -> failed;
      case Target.Url url -> new HttpFetch(client, clock, url, request, body).run(head);
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
    targetCheck.close();
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
