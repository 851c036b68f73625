package io.headgate.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Decides which hosts this server may connect to. A name is refused when any of its addresses is
 * refused, because attackers mix public and private addresses in one DNS response. Thread-safe.
 */
public final class TargetCheck implements AutoCloseable {

  private final Function<InetAddress, Optional<String>> refusalReason;
  private final Resolver resolver;
  private final boolean allowsEverything;

  /**
   * @param allowPrivateTargets true allows every address, loopback and private ones included
   */
  public TargetCheck(boolean allowPrivateTargets) {
    this(allowPrivateTargets, new SystemResolver());
  }

  public TargetCheck(boolean allowPrivateTargets, Resolver resolver) {
    this.refusalReason = allowPrivateTargets ? _ -> Optional.empty() : Addresses::refusalReason;
    this.resolver = resolver;
    this.allowsEverything = allowPrivateTargets;
  }

  TargetCheck(Function<InetAddress, Optional<String>> refusalReason, Resolver resolver) {
    this.refusalReason = refusalReason;
    this.resolver = resolver;
    this.allowsEverything = false;
  }

  /**
   * Returns the hosts that are refused. Names that do not resolve within {@code timeout} are left
   * out, because each fetch checks again anyway. Resolves nothing when every target is allowed.
   */
  public Set<String> refusedHosts(Collection<String> hosts, Duration timeout)
      throws InterruptedException {
    if (allowsEverything) {
      return Set.of();
    }
    Set<String> refused = ConcurrentHashMap.newKeySet();
    List<Thread> lookups =
        hosts.stream()
            .distinct()
            .map(host ->
                Thread.ofVirtual().name("refused-" + host).start(() -> addIfRefused(host, refused)))
            .toList();
    long end = System.nanoTime() + timeout.toNanos();
    for (Thread each : lookups) {
      if (!each.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        each.interrupt();
      }
    }
    return Set.copyOf(refused);
  }

  private void addIfRefused(String host, Set<String> refused) {
    try {
      addresses(host);
    } catch (TargetRefusedException e) {
      refused.add(host);
    } catch (UnknownHostException e) {
      // The fetch reports it, unless the name resolves by then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns why {@code url} is refused; empty when it is allowed. Resolves the name. For callers
   * that connect by other means than {@link Outbound}: the result holds only for the addresses that
   * the name has now.
   */
  public Optional<OutboundResult.OutboundFailure> check(String url) throws InterruptedException {
    return switch (Target.parse(url)) {
      case OutboundResult.OutboundFailure failed -> Optional.of(failed);
      case Target.Url target -> checkAddresses(target);
    };
  }

  private Optional<OutboundResult.OutboundFailure> checkAddresses(Target.Url target)
      throws InterruptedException {
    try {
      addresses(target.host());
      return Optional.empty();
    } catch (TargetRefusedException e) {
      return Optional.of(e.failed());
    } catch (UnknownHostException e) {
      return Optional.of(
          new OutboundResult.OutboundFailure(
              OutboundError.DNS, "no address found for " + target.host()));
    }
  }

  /**
   * Resolves a host and checks all its addresses.
   *
   * @throws TargetRefusedException when one of them is not allowed
   */
  List<InetAddress> addresses(String host) throws UnknownHostException, InterruptedException {
    Optional<InetAddress> literal = Addresses.literal(host);
    List<InetAddress> found =
        literal.isPresent() ? List.of(literal.get()) : List.copyOf(resolver.resolve(host));
    if (found.isEmpty()) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : found) {
      Optional<String> reason = refusalReason.apply(address);
      if (reason.isPresent()) {
        throw new TargetRefusedException(host, reason.get());
      }
    }
    return found;
  }

  @Override
  public void close() {
    if (resolver instanceof SystemResolver system) {
      system.close();
    }
  }

  /** An {@link UnknownHostException}, because HttpClient's DNS resolver may throw nothing else. */
  static final class TargetRefusedException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    TargetRefusedException(String host, String reason) {
      super(host);
      this.reason = reason;
    }

    /** Does not contain the address, which would disclose the internal network. */
    OutboundResult.OutboundFailure failed() {
      return new OutboundResult.OutboundFailure(
          OutboundError.TARGET_REFUSED,
          getMessage()
              + " has an address that is "
              + reason
              + ", which this server does not fetch");
    }
  }
}
