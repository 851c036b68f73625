package io.headgate.outbound;

/** What a URL turns out to be: a place this server may ask for, or the reason why it is none. */
public sealed interface Target permits Target.Url, Answer.Failed {

  /**
   * An http or https URL in one spelling: lower-case ASCII host, legal path, no credentials, no
   * fragment.
   *
   * @param host a name, a dotted IPv4 address, or an IPv6 address without brackets
   * @param port always explicit
   * @param path path and query, begins with a slash
   */
  record Url(String scheme, String host, int port, String path) implements Target {

    /** True when a request to {@code other} may carry what was meant for this one. */
    boolean sameOrigin(Url other) {
      return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    /** Host and port as one word: what politeness and messages go by. */
    public String authority() {
      String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
      return port == UrlReader.defaultPort(scheme) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
      return scheme + "://" + authority() + path;
    }
  }

  int MAX_LENGTH = 8_192;

  /**
   * Reads a URL as people and pages write it: spaces and other characters outside the grammar are
   * percent-encoded, international names become ASCII. Does no I/O and does not judge addresses.
   *
   * <p>Refused: other schemes, credentials, IPv6 zones, port 0, and IPv4 addresses in any but the
   * plain form of four decimal numbers, which other software reads in different ways.
   */
  static Target parse(String text) {
    return UrlReader.read(text.strip());
  }
}
