package io.headgate.browser;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a page for {@link Browsers#visit}.
 *
 * @param limit the time for the whole visit, including the wait for a free browser
 * @param width of the viewport in CSS pixels, 1 to {@value #MAX_SIDE}
 * @param height of the viewport in CSS pixels, 1 to {@value #MAX_SIDE}
 * @param scale device pixels per CSS pixel, above 0 and at most 10
 * @param javaScript whether scripts of the page run
 * @param network which network the page may use
 * @param headers sent with every request; if there is a {@code cookieUrl}, those that may contain a
 *     secret are sent to its origin only
 * @param cookies a raw {@code Cookie} header for {@code cookieUrl}; empty for none
 * @param cookieUrl the URL whose origin receives the cookies
 * @param proxy the upstream proxy; empty to connect directly
 */
public record Visit(
    Duration limit,
    int width,
    int height,
    double scale,
    boolean javaScript,
    Network network,
    Map<String, String> headers,
    String cookies,
    Optional<String> cookieUrl,
    Optional<UpstreamProxy> proxy) {

  public static final int MAX_SIDE = 20_000;

  public Visit {
    headers = Map.copyOf(headers);
    if (limit.isNegative()) {
      throw new IllegalArgumentException(
          "the time limit of a visit must not be negative; got " + limit);
    }
    if (Math.min(width, height) < 1 || Math.max(width, height) > MAX_SIDE) {
      throw new IllegalArgumentException(
          "width and height must be between 1 and %d; got %d and %d"
              .formatted(MAX_SIDE, width, height));
    }
    if (!(scale > 0 && scale <= 10)) {
      throw new IllegalArgumentException("scale must be above 0 and at most 10; got " + scale);
    }
  }

  /** A page of 1280 × 720 with scripts and network, for at most {@code limit}. */
  public static Visit lasting(Duration limit) {
    return new Visit(
        limit, 1_280, 720, 1, true, Network.OPEN, Map.of(), "", Optional.empty(), Optional.empty());
  }

  public Visit withSize(int newWidth, int newHeight, double newScale) {
    return new Visit(
        limit,
        newWidth,
        newHeight,
        newScale,
        javaScript,
        network,
        headers,
        cookies,
        cookieUrl,
        proxy);
  }

  public Visit withJavaScript(boolean on) {
    return new Visit(limit, width, height, scale, on, network, headers, cookies, cookieUrl, proxy);
  }

  public Visit withNetwork(Network other) {
    return new Visit(
        limit, width, height, scale, javaScript, other, headers, cookies, cookieUrl, proxy);
  }

  public Visit withHeaders(Map<String, String> all) {
    return new Visit(
        limit, width, height, scale, javaScript, network, all, cookies, cookieUrl, proxy);
  }

  /**
   * Returns a copy with cookies.
   *
   * @param raw the value of a {@code Cookie} header
   * @param url its origin receives the cookies, and the headers that may contain a secret
   */
  public Visit withCookies(String raw, String url) {
    return new Visit(
        limit, width, height, scale, javaScript, network, headers, raw, Optional.of(url), proxy);
  }

  public Visit withProxy(UpstreamProxy through) {
    return new Visit(
        limit,
        width,
        height,
        scale,
        javaScript,
        network,
        headers,
        cookies,
        cookieUrl,
        Optional.of(through));
  }

  /** Without headers and cookies, which may contain secrets. */
  @Override
  public String toString() {
    return "visit of %s, %d × %d, network %s".formatted(limit, width, height, network);
  }
}
