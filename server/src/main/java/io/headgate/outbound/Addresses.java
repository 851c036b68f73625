package io.headgate.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides which IP addresses belong to the public internet. Follows the IANA special-purpose
 * registries; of IPv6 only the global unicast range 2000::/3 counts as public.
 */
final class Addresses {

  private static final List<Range> NOT_INTERNET =
      List.of(
          new Range("0.0.0.0", 8, "unspecified"),
          new Range("10.0.0.0", 8, "private"),
          new Range("100.64.0.0", 10, "shared by carriers"),
          new Range("127.0.0.0", 8, "loopback"),
          new Range("168.63.129.16", 32, "a cloud's metadata service"),
          new Range("169.254.0.0", 16, "link-local"),
          new Range("172.16.0.0", 12, "private"),
          new Range("192.0.0.0", 24, "reserved"),
          new Range("192.0.2.0", 24, "for documentation"),
          new Range("192.88.99.0", 24, "a 6to4 relay"),
          new Range("192.168.0.0", 16, "private"),
          new Range("198.18.0.0", 15, "for benchmarks"),
          new Range("198.51.100.0", 24, "for documentation"),
          new Range("203.0.113.0", 24, "for documentation"),
          new Range("224.0.0.0", 4, "multicast"),
          new Range("240.0.0.0", 4, "reserved"),
          new Range("::", 128, "unspecified"),
          new Range("::1", 128, "loopback"),
          new Range("fc00::", 7, "private"),
          new Range("fe80::", 10, "link-local"),
          new Range("fec0::", 10, "site-local"),
          new Range("ff00::", 8, "multicast"),
          new Range("2001::", 23, "reserved"),
          new Range("2001:db8::", 32, "for documentation"),
          new Range("2002::", 16, "a 6to4 tunnel"),
          new Range("3fff::", 20, "for documentation"));

  private static final Range GLOBAL_UNICAST = new Range("2000::", 3, "global unicast");
  private static final Range NAT64 = new Range("64:ff9b::", 96, "an IPv4 address behind NAT64");

  private Addresses() {}

  /** Parses an address literal without a name lookup; empty for names. */
  static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Why the address is not public; empty for a public one. */
  static Optional<String> objection(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (NAT64.contains(bytes) || isatap(bytes)) {
      return objection(embedded(bytes));
    }
    for (Range range : NOT_INTERNET) {
      if (range.contains(bytes)) {
        return Optional.of(range.kind());
      }
    }
    return address instanceof Inet4Address || GLOBAL_UNICAST.contains(bytes)
        ? Optional.empty()
        : Optional.of("outside the global unicast range");
  }

  /** Interface ids that embed an IPv4 address, RFC 5214. */
  private static boolean isatap(byte[] bytes) {
    return GLOBAL_UNICAST.contains(bytes)
        && (bytes[8] & 0xfd) == 0
        && bytes[9] == 0
        && bytes[10] == 0x5e
        && (bytes[11] & 0xff) == 0xfe;
  }

  private static InetAddress embedded(byte[] bytes) {
    byte[] last = Arrays.copyOfRange(bytes, 12, 16);
    return literal(
            "%d.%d.%d.%d".formatted(last[0] & 0xff, last[1] & 0xff, last[2] & 0xff, last[3] & 0xff))
        .orElseThrow();
  }

  /** The addresses that share the first {@code bits} bits with {@code network}. */
  @SuppressWarnings("ArrayRecordComponent") // private, never compared
  private record Range(byte[] network, int bits, String kind) {

    Range(String network, int bits, String kind) {
      this(literal(network).orElseThrow().getAddress(), bits, kind);
    }

    boolean contains(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      int whole = bits / 8;
      int mask = 0xff00 >> (bits % 8) & 0xff;
      return Arrays.equals(address, 0, whole, network, 0, whole)
          && (mask == 0 || ((address[whole] ^ network[whole]) & mask) == 0);
    }
  }
}
