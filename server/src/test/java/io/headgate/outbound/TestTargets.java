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
}
