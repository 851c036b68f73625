package io.headgate.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of this machine: where it is, and what it is started with. */
final class Chromium {

  /** The small one without a window is preferred: it starts faster and needs less memory. */
  private static final List<String> NAMES =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

  /**
   * Beyond what the driver itself switches off: no traffic of its own, no way around the proxy, no
   * question to a user who is not there. Names are resolved by the proxy alone: a prefetch of a
   * name would already tell it to somebody. No {@code --disable-features} here: it would take the
   * place of the driver's.
   */
  private static final List<String> QUIET =
      List.of(
          "--disable-domain-reliability",
          "--disable-quic",
          "--deny-permission-prompts",
          "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
          "--webrtc-ip-handling-policy=disable_non_proxied_udp",
          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
          "--no-pings",
          "--safebrowsing-disable-auto-update",
          "--proxy-bypass-list=<-loopback>");

  private Chromium() {}

  /**
   * The configured one, else the first on the PATH.
   *
   * @return empty when there is none that can be run
   */
  static Optional<Path> find(Optional<Path> configured) {
    return configured.isPresent()
        ? configured.filter(Files::isExecutable)
        : NAMES.stream().flatMap(Chromium::onPath).findFirst();
  }

  private static Stream<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }

  static List<String> arguments(String proxy) {
    List<String> all = new ArrayList<>(QUIET);
    all.add("--proxy-server=" + proxy);
    return all;
  }

  /** Its own sandbox refuses to work for root. */
  static boolean sandboxed() {
    return !"root".equals(System.getProperty("user.name"));
  }
}
