package io.headgate.browser;

/**
 * An HTTP proxy of the operator that carries the traffic of a visit. It resolves names itself, so
 * the operator trusts it with the final target check.
 *
 * @param login {@code user:password}; empty for a proxy without authentication
 */
public record UpstreamProxy(String host, int port, String login) {

  @Override
  public String toString() {
    return "proxy " + host + ":" + port;
  }
}
