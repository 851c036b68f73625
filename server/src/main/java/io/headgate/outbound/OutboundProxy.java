package io.headgate.outbound;

/**
 * A forward proxy that the operator trusts; no client ever names one.
 *
 * @param user empty for a proxy that asks for none
 */
public record OutboundProxy(String host, int port, String user, String password) {

  @Override
  public String toString() {
    return "proxy " + host + ":" + port;
  }
}
