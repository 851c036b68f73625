package io.headgate.outbound;

/**
 * A forward proxy that the operator configured. Clients cannot choose one.
 *
 * @param user empty for a proxy without authentication
 */
public record OutboundProxy(String host, int port, String user, String password) {

  @Override
  public String toString() {
    return "proxy " + host + ":" + port;
  }
}
