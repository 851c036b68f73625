package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.Config;
import io.headgate.config.Key;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerAddressTest {

  private static URI address(String host) {
    Config config = Config.of(Map.of(Key.HOST, host));
    return URI.create(Server.address(config.http(), 8088));
  }

  @Test
  void an_address_of_ipv6_stands_in_brackets() {
    assertThat(address("::1")).isEqualTo(URI.create("http://[::1]:8088"));
    assertThat(address("::1").getPort()).isEqualTo(8088);
  }

  @Test
  void what_needs_no_brackets_gets_none() {
    assertThat(address("127.0.0.1")).isEqualTo(URI.create("http://127.0.0.1:8088"));
    assertThat(address("[::1]")).isEqualTo(URI.create("http://[::1]:8088"));
    assertThat(address("headgate.example.org").getHost()).isEqualTo("headgate.example.org");
  }
}
