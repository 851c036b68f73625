package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class TlsTest {

  private static final TargetCheck LOOPBACK =
      new TargetCheck(true, host -> List.of(InetAddress.getLoopbackAddress()));

  private static SSLContext tls;
  private static HttpsServer shop;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    tls = contextOf(certificateFor("shop.example", folder.resolve("keys.p12")));
    shop = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.setHttpsConfigurator(new HttpsConfigurator(tls));
    shop.createContext("/", exchange -> Site.answer(exchange, 200, Map.of(), "hello"));
    shop.start();
  }

  @AfterAll
  static void close() {
    shop.stop(0);
  }

  @Test
  void a_connection_to_a_checked_address_still_verifies_the_host_name() throws Exception {
    try (Outbound trusting = new Outbound(LOOPBACK, InstantSource.system(), tls)) {
      assertThat(get(trusting, "shop.example")).isInstanceOf(OutboundResult.Response.class);
      assertThat(get(trusting, "other.example"))
          .isInstanceOfSatisfying(
              OutboundResult.OutboundFailure.class, f -> assertThat(f.code()).isEqualTo("tls"));
    }
  }

  @Test
  void an_untrusted_certificate_is_a_permanent_failure() throws Exception {
    try (Outbound usual = new Outbound(LOOPBACK, InstantSource.system())) {
      assertThat(get(usual, "shop.example"))
          .isInstanceOfSatisfying(
              OutboundResult.OutboundFailure.class,
              failed -> {
                assertThat(failed.code()).isEqualTo("tls");
                assertThat(failed.retryable()).isFalse();
              });
    }
  }

  private static OutboundResult get(Outbound outbound, String host) throws InterruptedException {
    String url = "https://" + host + ":" + shop.getAddress().getPort() + "/";
    return outbound.send(OutboundRequest.get(url, Map.of()), OutboundLimits.DEFAULT);
  }

  private static KeyStore certificateFor(String host, Path file) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "site",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    return keys;
  }

  /** A context that presents the certificate and trusts it. */
  private static SSLContext contextOf(KeyStore keys) throws Exception {
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, "changeit".toCharArray());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("site", keys.getCertificate("site"));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
