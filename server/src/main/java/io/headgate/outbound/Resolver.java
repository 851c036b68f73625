package io.headgate.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of a host. What it answers is checked and then connected to, unasked again.
 */
@FunctionalInterface
public interface Resolver {

  /**
   * @param host a name, never an address literal
   * @return at least one address, the one to try first in front
   */
  List<InetAddress> resolve(String host) throws UnknownHostException, InterruptedException;
}
