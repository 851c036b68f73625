package io.headgate.browser;

/**
 * An HTTP proxy of the operator's through which a visit goes out. It is trusted with the last look
 * at names: it resolves them itself.
 *
 * @param login {@code user:password}; empty for none
 */
public record Proxy(String host, int port, String login) {

  @Override
  public String toString() {
    return "proxy " + host + ":" + port;
  }
}
