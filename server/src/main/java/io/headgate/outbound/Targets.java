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
public final class Targets implements AutoCloseable {

  private final Function<InetAddress, Optional<String>> objection;
  private final Resolver resolver;
  private final boolean allowsAll;

  /**
   * @param allowPrivateTargets true allows every address, loopback and private ones included
   */
  public Targets(boolean allowPrivateTargets) {
    this(allowPrivateTargets, new SystemResolver());
  }

  public Targets(boolean allowPrivateTargets, Resolver resolver) {
    this.objection = allowPrivateTargets ? _ -> Optional.empty() : Addresses::objection;
    this.resolver = resolver;
    this.allowsAll = allowPrivateTargets;
  }

  Targets(Function<InetAddress, Optional<String>> objection, Resolver resolver) {
    this.objection = objection;
    this.resolver = resolver;
    this.allowsAll = false;
  }

  /**
   * Returns the hosts that are refused. Names that do not resolve within {@code patience} are left
   * out, because each fetch checks again anyway. Resolves nothing when every target is allowed.
   */
  public Set<String> refusedHosts(Collection<String> hosts, Duration patience)
      throws InterruptedException {
    if (allowsAll) {
      return Set.of();
    }
    Set<String> refused = ConcurrentHashMap.newKeySet();
    List<Thread> asking =
        hosts.stream()
            .distinct()
            .map(
                host -> Thread.ofVirtual().name("refused-" + host).start(() -> note(host, refused)))
            .toList();
    long end = System.nanoTime() + patience.toNanos();
    for (Thread each : asking) {
      if (!each.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        each.interrupt();
      }
    }
    return Set.copyOf(refused);
  }

  private void note(String host, Set<String> refused) {
    try {
      addresses(host);
    } catch (TargetRefused e) {
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
  public Optional<Answer.Failed> check(String url) throws InterruptedException {
    return switch (Target.parse(url)) {
      case Answer.Failed failed -> Optional.of(failed);
      case Target.Url target -> checkAddresses(target);
    };
  }

  private Optional<Answer.Failed> checkAddresses(Target.Url target) throws InterruptedException {
    try {
      addresses(target.host());
      return Optional.empty();
    } catch (TargetRefused e) {
      return Optional.of(e.failed());
    } catch (UnknownHostException e) {
      return Optional.of(new Answer.Failed(Trouble.DNS, "no address found for " + target.host()));
    }
  }

  /**
   * Resolves a host and checks all its addresses.
   *
   * @throws TargetRefused when one of them is not allowed
   */
  List<InetAddress> addresses(String host) throws UnknownHostException, InterruptedException {
    Optional<InetAddress> literal = Addresses.literal(host);
    List<InetAddress> found =
        literal.isPresent() ? List.of(literal.get()) : List.copyOf(resolver.resolve(host));
    if (found.isEmpty()) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : found) {
      Optional<String> reason = objection.apply(address);
      if (reason.isPresent()) {
        throw new TargetRefused(host, reason.get());
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
  static final class TargetRefused extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    TargetRefused(String host, String reason) {
      super(host);
      this.reason = reason;
    }

    /** Does not contain the address, which would disclose the internal network. */
    Answer.Failed failed() {
      return new Answer.Failed(
          Trouble.TARGET_REFUSED,
          getMessage()
              + " has an address that is "
              + reason
              + ", which this server does not fetch");
    }
  }
}
