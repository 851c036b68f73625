package io.headgate.outbound;

import java.net.InetAddress;
import java.util.Optional;

/** Targets for tests that play the inside and the outside on one machine. */
public final class TestTargets {

  private TestTargets() {}

  /** Takes {@code internet} for all the internet there is. */
  public static Targets only(InetAddress internet, Resolver resolver) {
    return new Targets(
        address -> address.equals(internet) ? Optional.empty() : Optional.of("private"), resolver);
  }

  /** The same; {@code refused} is told of each address that is not let through. */
  public static Targets only(InetAddress internet, Resolver resolver, Runnable refused) {
    return new Targets(
        address -> {
          if (address.equals(internet)) {
            return Optional.empty();
          }
          refused.run();
          return Optional.of("private");
        },
        resolver);
  }
}
