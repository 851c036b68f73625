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

/** Finds the browser of this machine and lists its command line arguments. */
final class Chromium {

  /** The headless shell comes first: it starts faster and needs less memory. */
  private static final List<String> NAMES =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

  /**
   * In addition to what the driver disables: no traffic of the browser itself, no way around the
   * proxy, no prompts. Only the proxy resolves names, because even a prefetch of a name would
   * disclose it.
   */
  private static final List<String> ARGUMENTS =
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
   * The features that the driver disables. The browser uses only the last such list, so this one
   * must include the driver's.
   */
  static final List<String> DISABLED_BY_DRIVER =
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
   * Features that serve only an interactive user: a spare process for the next page, and the
   * browser's own pages below the address bar. Each new context started all of them, and they used
   * more CPU time than the page.
   */
  private static final List<String> INTERACTIVE_FEATURES =
      List.of("SpareRendererForSitePerProcess", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup");

  private Chromium() {}

  /**
   * The configured browser, or else the first one on the PATH.
   *
   * @return empty when there is no executable browser
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
    List<String> all = new ArrayList<>(ARGUMENTS);
    all.add("--proxy-server=" + proxy);
    all.add("--disable-features=" + disabledFeatures());
    return all;
  }

  private static String disabledFeatures() {
    return Stream.of(DISABLED_BY_DRIVER, INTERACTIVE_FEATURES)
        .flatMap(List::stream)
        .collect(Collectors.joining(","));
  }

  /** Chromium's sandbox refuses to start as root. */
  static boolean sandboxed() {
    return !"root".equals(System.getProperty("user.name"));
  }
}
