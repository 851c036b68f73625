package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** HTTPS sites with valid and invalid certificates, and the authority that signed some of them. */
public final class TlsSites implements AutoCloseable {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String LOOPBACK_NAME = "san=ip:127.0.0.1";

  private final KeyStore keys;
  private final List<HttpsServer> sites = new ArrayList<>();
  public final String valid;
  public final String expired;
  public final String wrongHost;
  public final String selfSigned;

  /**
   * @param folder where the keys are stored
   */
  public TlsSites(Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    createKey(file, "ca", "-dname", "CN=An authority", "-ext", "bc:c");
    createKey(file, "fine", "-dname", "CN=here", "-signer", "ca", "-ext", LOOPBACK_NAME);
    createKey(file, "alone", "-dname", "CN=here", "-ext", LOOPBACK_NAME);
    createKey(file, "other", "-dname", "CN=o", "-signer", "ca", "-ext", "san=dns:other.example");
    createKey(
        file,
        "expired",
        "-dname",
        "CN=here",
        "-signer",
        "ca",
        "-ext",
        LOOPBACK_NAME,
        "-startdate",
        "-9d",
        "-validity",
        "5");
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    valid = startSite("fine");
    expired = startSite("expired");
    wrongHost = startSite("other");
    selfSigned = startSite("alone");
  }

  /** A client that trusts only the authority of these sites. */
  public Outbound trustingClient() throws GeneralSecurityException, java.io.IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    return new Outbound(new TargetCheck(true), InstantSource.system(), tls);
  }

  private String startSite(String alias) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setEntry(
        alias,
        keys.getEntry(alias, new KeyStore.PasswordProtection(PASSWORD)),
        new KeyStore.PasswordProtection(PASSWORD));
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(own, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(shown.getKeyManagers(), null, null);
    HttpsServer site =
        HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    site.setHttpsConfigurator(new HttpsConfigurator(tls));
    site.createContext(
        "/", exchange -> Site.answer(exchange, 200, Map.of("Content-Type", "text/html"), "hello"));
    site.start();
    sites.add(site);
    return "127.0.0.1:" + site.getAddress().getPort();
  }

  private static void createKey(Path file, String alias, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", "changeit", "-keystore", file.toString()));
    command.addAll(List.of("-alias", alias));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(
            new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isZero();
  }

  @Override
  public void close() {
    sites.forEach(site -> site.stop(0));
  }
}
