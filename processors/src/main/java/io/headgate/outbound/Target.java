package io.headgate.outbound;

/** The result of parsing a URL: a valid target, or the reason why it is refused. */
public sealed interface Target permits Target.Url, OutboundResult.OutboundFailure {

  /**
   * A normalized http or https URL: lower-case ASCII host, valid path, no credentials, no fragment.
   *
   * @param host a name, a dotted IPv4 address, or an IPv6 address without brackets
   * @param port always explicit
   * @param path path and query; begins with a slash
   */
  record Url(String scheme, String host, int port, String path) implements Target {

    /** True when both URLs have the same scheme, host and port. */
    boolean sameOrigin(Url other) {
      return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    /** Host and port, without the default port: used in rate limits and messages. */
    public String authority() {
      String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
      return port == UrlParser.defaultPort(scheme) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
      return scheme + "://" + authority() + path;
    }
  }

  int MAX_LENGTH = 8_192;

  /**
   * Parses a URL as people and pages write it: spaces and other characters outside the grammar are
   * percent-encoded, and international names become ASCII. Does no I/O and does not check
   * addresses.
   *
   * <p>Refused are other schemes, credentials, IPv6 zones, port 0, and IPv4 addresses in any form
   * other than four decimal numbers, which programs parse in different ways.
   */
  static Target parse(String text) {
    return UrlParser.parse(text.strip());
  }
}
