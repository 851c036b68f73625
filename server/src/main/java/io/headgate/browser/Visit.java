package io.headgate.browser;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a page is opened with.
 *
 * @param limit for everything: the wait for a free browser, the work, the end
 * @param width of the viewport, in CSS pixels
 * @param height of the viewport, in CSS pixels
 * @param scale device pixels per CSS pixel
 * @param headers sent with every request; those that may hold a secret only to the origin of {@code
 *     cookieUrl} when there is one
 * @param cookies a raw {@code Cookie} header, set for {@code cookieUrl}; empty for none
 * @param proxy through which the visit goes out; empty for the direct way
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
    Optional<Proxy> proxy) {

  public static final int MAX_SIDE = 20_000;

  public Visit {
    headers = Map.copyOf(headers);
    if (limit.isNegative()) {
      throw new IllegalArgumentException("the limit must not be negative");
    }
    if (Math.min(width, height) < 1 || Math.max(width, height) > MAX_SIDE) {
      throw new IllegalArgumentException("width and height must be 1 to " + MAX_SIDE);
    }
    if (!(scale > 0 && scale <= 10)) {
      throw new IllegalArgumentException("scale must be above 0 and at most 10");
    }
  }

  /** A page of 1280 × 720 with scripts and an open network, for at most {@code limit}. */
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
   * @param raw as in a {@code Cookie} header
   * @param url whose origin gets them, and the headers that may hold a secret
   */
  public Visit withCookies(String raw, String url) {
    return new Visit(
        limit, width, height, scale, javaScript, network, headers, raw, Optional.of(url), proxy);
  }

  public Visit withProxy(Proxy through) {
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

  /** Headers and cookies stay unsaid. */
  @Override
  public String toString() {
    return "visit of %s, %d × %d, network %s".formatted(limit, width, height, network);
  }
}
