package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.Config;
import io.headgate.config.ConfigKey;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerAddressTest {

  private static URI address(String host) {
    Config config = Config.of(Map.of(ConfigKey.HOST, host));
    return URI.create(HttpModule.address(config.http(), 8088));
  }

  @Test
  void an_ipv6_address_has_brackets() {
    assertThat(address("::1")).isEqualTo(URI.create("http://[::1]:8088"));
    assertThat(address("::1").getPort()).isEqualTo(8088);
  }

  @Test
  void other_addresses_have_no_brackets() {
    assertThat(address("127.0.0.1")).isEqualTo(URI.create("http://127.0.0.1:8088"));
    assertThat(address("[::1]")).isEqualTo(URI.create("http://[::1]:8088"));
    assertThat(address("headgate.example.org").getHost()).isEqualTo("headgate.example.org");
  }
}
