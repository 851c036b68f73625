package io.headgate.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides where this server may connect to. A name is refused when any one of its addresses is: a
 * mixed answer is how a name is made to point inside.
 */
public final class Targets implements AutoCloseable {

  private final Function<InetAddress, Optional<String>> objection;
  private final Resolver resolver;

  /**
   * @param allowPrivateTargets true lets requests reach loopback, private and all other addresses
   */
  public Targets(boolean allowPrivateTargets) {
    this(allowPrivateTargets, new SystemResolver());
  }

  public Targets(boolean allowPrivateTargets, Resolver resolver) {
    this(allowPrivateTargets ? _ -> Optional.empty() : Addresses::objection, resolver);
  }

  Targets(Function<InetAddress, Optional<String>> objection, Resolver resolver) {
    this.objection = objection;
    this.resolver = resolver;
  }

  /**
   * Why {@code url} would be refused now; empty when it would not. Resolves the name. For those
   * that connect by other means than {@link Outbound}: the answer holds for the addresses of this
   * moment only, a name can have others at the next.
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
   * The addresses to connect to, all of them checked.
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

  /** Travels through the connection's own code, which knows only unknown hosts. */
  static final class TargetRefused extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    TargetRefused(String host, String reason) {
      super(host);
      this.reason = reason;
    }

    /** The address itself stays unsaid: it would tell a stranger how the inside is numbered. */
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
