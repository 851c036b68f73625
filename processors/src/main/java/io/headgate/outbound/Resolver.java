package io.headgate.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves host names. Each result is checked, and the connection then goes to a checked address
 * without a second lookup. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface Resolver {

  /**
   * Resolves a host name.
   *
   * @param host a name, never an address literal
   * @return at least one address, in the order in which to try them
   * @throws UnknownHostException when the name has no address or the lookup fails
   */
  List<InetAddress> resolve(String host) throws UnknownHostException, InterruptedException;
}
