package io.headgate.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The browser of this machine: where it is, and what it is started with. */
final class Chromium {

  /** The small one without a window is preferred: it starts faster and needs less memory. */
  private static final List<String> NAMES =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

  /**
   * Beyond what the driver itself switches off: no traffic of its own, no way around the proxy, no
   * question to a user who is not there. Names are resolved by the proxy alone: a prefetch of a
   * name would already tell it to somebody.
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

  /**
   * What the driver itself switches off. The browser takes the last such list for the whole, so
   * ours has to hold the driver's, too.
   */
  static final List<String> OFF_BY_THE_DRIVER =
      List.of(
          "AvoidUnnecessaryBeforeUnloadCheckSync",
          "BoundaryEventDispatchTracksNodeRemoval",
          "DestroyProfileOnBrowserClose",
          "DialMediaRouteProvider",
          "GlobalMediaControls",
          "HttpsUpgrades",
          "LensOverlay",
          "MediaRouter",
          "PaintHolding",
          "ThirdPartyStoragePartitioning",
          "BlockOriginHeaderModificationOnRedirect",
          "Translate",
          "AutoDeElevate",
          "OptimizationHints",
          "msForceBrowserSignIn",
          "msEdgeUpdateLaunchServicesPreferredVersion");

  /**
   * What a window that nobody sees prepares for a user: a process for the page that is visited
   * next, and pages of the browser's own below its address bar. Each new context had all of them,
   * and they took more of the processor than the page.
   */
  private static final List<String> OFF_FOR_NOBODY =
      List.of("SpareRendererForSitePerProcess", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup");

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
    all.add("--disable-features=" + featuresOff());
    return all;
  }

  private static String featuresOff() {
    return Stream.of(OFF_BY_THE_DRIVER, OFF_FOR_NOBODY)
        .flatMap(List::stream)
        .collect(Collectors.joining(","));
  }

  /** Its own sandbox refuses to work for root. */
  static boolean sandboxed() {
    return !"root".equals(System.getProperty("user.name"));
  }
}
