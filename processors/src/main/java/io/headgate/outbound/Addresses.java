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

  private static final List<AddressRange> NOT_PUBLIC =
      List.of(
          new AddressRange("0.0.0.0", 8, "unspecified"),
          new AddressRange("10.0.0.0", 8, "private"),
          new AddressRange("100.64.0.0", 10, "shared by carriers"),
          new AddressRange("127.0.0.0", 8, "loopback"),
          new AddressRange("168.63.129.16", 32, "a cloud's metadata service"),
          new AddressRange("169.254.0.0", 16, "link-local"),
          new AddressRange("172.16.0.0", 12, "private"),
          new AddressRange("192.0.0.0", 24, "reserved"),
          new AddressRange("192.0.2.0", 24, "for documentation"),
          new AddressRange("192.88.99.0", 24, "a 6to4 relay"),
          new AddressRange("192.168.0.0", 16, "private"),
          new AddressRange("198.18.0.0", 15, "for benchmarks"),
          new AddressRange("198.51.100.0", 24, "for documentation"),
          new AddressRange("203.0.113.0", 24, "for documentation"),
          new AddressRange("224.0.0.0", 4, "multicast"),
          new AddressRange("240.0.0.0", 4, "reserved"),
          new AddressRange("::", 128, "unspecified"),
          new AddressRange("::1", 128, "loopback"),
          new AddressRange("fc00::", 7, "private"),
          new AddressRange("fe80::", 10, "link-local"),
          new AddressRange("fec0::", 10, "site-local"),
          new AddressRange("ff00::", 8, "multicast"),
          new AddressRange("2001::", 23, "reserved"),
          new AddressRange("2001:db8::", 32, "for documentation"),
          new AddressRange("2002::", 16, "a 6to4 tunnel"),
          new AddressRange("3fff::", 20, "for documentation"));

  private static final AddressRange GLOBAL_UNICAST =
      new AddressRange("2000::", 3, "global unicast");
  private static final AddressRange NAT64 =
      new AddressRange("64:ff9b::", 96, "an IPv4 address behind NAT64");

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
  static Optional<String> refusalReason(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (NAT64.contains(bytes) || isIsatap(bytes)) {
      return refusalReason(embedded(bytes));
    }
    for (AddressRange range : NOT_PUBLIC) {
      if (range.contains(bytes)) {
        return Optional.of(range.description());
      }
    }
    return address instanceof Inet4Address || GLOBAL_UNICAST.contains(bytes)
        ? Optional.empty()
        : Optional.of("outside the global unicast range");
  }

  /** Interface ids that embed an IPv4 address, RFC 5214. */
  private static boolean isIsatap(byte[] bytes) {
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
  private record AddressRange(byte[] network, int bits, String description) {

    AddressRange(String network, int bits, String description) {
      this(literal(network).orElseThrow().getAddress(), bits, description);
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
