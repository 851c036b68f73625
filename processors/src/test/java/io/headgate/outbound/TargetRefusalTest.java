package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRefusalTest {

  private static final Resolver NO_LOOKUPS =
      host -> {
        throw new AssertionError("unexpected lookup of " + host);
      };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.255.255.254/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://10.255.255.255/",
        "http://100.64.0.1/",
        "http://100.127.255.255/",
        "http://168.63.129.16/",
        "http://169.254.169.254/latest/meta-data/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.0.0.1/",
        "http://192.168.0.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[64:ff9b:1::1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001::1]/",
        "http://[2606:4700::5efe:7f00:1]/",
        "http://[fc00::1]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[ff02::1]/",
        "http://１２７.０.０.１/",
        "https://127.0.0.1:8443/"
      })
  void an_address_that_is_not_public_is_refused_without_a_lookup(String url) throws Exception {
    try (Outbound outbound = outbound(false, NO_LOOKUPS)) {
      assertThat(failed(outbound, url).code()).isEqualTo("target-refused");
      assertThat(outbound.targetCheck().check(url).orElseThrow().code())
          .isEqualTo("target-refused");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://010.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.1./",
        "http://256.0.0.1/",
        "http://1.2.3.4.5/",
        "http://foo.0x7f/",
        "http://%31%32%37.0.0.1/",
        "http://[fe80::1%eth0]/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://::1/",
        "http://user:pw@example.com/",
        "http://user@example.com/",
        "http://example.com@127.0.0.1/",
        "http://example.com:0/",
        "http://example.com:65536/",
        "http://example.com:99999/",
        "http://example.com:-1/",
        "http://example.com:80:80/",
        "http:///etc/passwd",
        "http:example.com",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "jar:http://example.com!/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.com/",
        "example.com",
        "",
        "http://exa mple.com/",
        "http://example..com/",
        "http://exam\rple.com/",
        "http://example.com/a\r\nHost: x"
      })
  void an_ambiguous_url_is_refused_even_where_all_targets_are_allowed(String url) throws Exception {
    assertThat(Target.parse(url)).isInstanceOf(OutboundResult.OutboundFailure.class);
    try (Outbound outbound = outbound(true, NO_LOOKUPS)) {
      assertThat(failed(outbound, url).code()).isEqualTo("invalid-url");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://Example.COM, http://example.com/",
    "http://example.com:80/a, http://example.com/a",
    "http://example.com:/a, http://example.com/a",
    "https://example.com:8443?q=1#top, https://example.com:8443/?q=1",
    "http://my_host.local/x, http://my_host.local/x",
    "http://example.com./, http://example.com./",
    "http://bücher.example/Köln 1?q=ä&r=%41%zz, http://xn--bcher-kva.example/K%C3%B6ln%201?q=%C3%A4&r=%41%25zz",
    "http://[2606:4700::1111]:81/, http://[2606:4700::1111]:81/",
    "http://example.com\\@127.0.0.1/, http://example.com/%5C@127.0.0.1/",
    "http://example.com/a|b\\c, http://example.com/a%7Cb%5Cc",
  })
  void a_url_as_people_write_it_is_normalized(String written, String read) {
    assertThat(Target.parse(written).toString()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "64:ff9b::8.8.8.8"
      })
  void an_address_just_outside_a_refused_range_is_public(String address) {
    assertThat(Addresses.refusalReason(InetAddress.ofLiteral(address))).isEmpty();
  }

  @Test
  void a_name_with_one_internal_address_is_refused() throws Exception {
    Resolver mixed = host -> List.of(InetAddress.ofLiteral("8.8.8.8"), loopback());
    try (Outbound outbound = outbound(false, mixed)) {
      assertThat(failed(outbound, "http://mixed.example/").code()).isEqualTo("target-refused");
    }
  }

  @Test
  void the_name_of_this_machine_is_refused_through_the_real_resolver() throws Exception {
    try (Outbound outbound = new Outbound(false, InstantSource.system())) {
      assertThat(failed(outbound, "http://localhost/").code()).isEqualTo("target-refused");
    }
  }

  @Test
  void the_check_accepts_a_public_name() throws Exception {
    try (TargetCheck targets =
        new TargetCheck(false, host -> List.of(InetAddress.ofLiteral("93.184.215.14")))) {
      assertThat(targets.check("https://example.com/")).isEqualTo(Optional.empty());
    }
  }

  @Test
  void a_refusal_does_not_contain_the_address() throws Exception {
    try (Outbound outbound =
        outbound(false, host -> List.of(InetAddress.ofLiteral("10.20.30.40")))) {
      assertThat(failed(outbound, "http://inner.example/").message())
          .contains("inner.example")
          .doesNotContain("10.20.30.40");
    }
  }

  private static Outbound outbound(boolean allowPrivateTargets, Resolver resolver) {
    return new Outbound(new TargetCheck(allowPrivateTargets, resolver), InstantSource.system());
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static OutboundResult.OutboundFailure failed(Outbound outbound, String url)
      throws InterruptedException {
    OutboundResult answer =
        outbound.send(OutboundRequest.get(url, Map.of()), OutboundLimits.DEFAULT);
    assertThat(answer).isInstanceOf(OutboundResult.OutboundFailure.class);
    return (OutboundResult.OutboundFailure) answer;
  }
}
