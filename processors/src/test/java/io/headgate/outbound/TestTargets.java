package io.headgate.outbound;

import java.net.InetAddress;
import java.util.Optional;

/** Target checks for tests with internal and public addresses on one machine. */
public final class TestTargets {

  private TestTargets() {}

  /** Allows only {@code internet}. */
  public static TargetCheck only(InetAddress internet, Resolver resolver) {
    return new TargetCheck(
        address -> address.equals(internet) ? Optional.empty() : Optional.of("private"), resolver);
  }

  /** Allows only {@code internet}; {@code refused} runs for each refused address. */
  public static TargetCheck only(InetAddress internet, Resolver resolver, Runnable refused) {
    return new TargetCheck(
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
