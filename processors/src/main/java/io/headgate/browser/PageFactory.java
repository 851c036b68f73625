package io.headgate.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import io.headgate.outbound.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Opens pages, each in a new browser context that contains only what the visit specifies. */
final class PageFactory {

  /** Headers that do not identify the client. They are sent to every host of the page. */
  private static final Set<String> HARMLESS = Set.of("accept-language", "dnt");

  /** Headers that the browser sets itself for each resource, or that are set elsewhere. */
  private static final Set<String> SET_BY_BROWSER = Set.of("accept", "cookie", "user-agent");

  private static final Pattern OTHER_SCHEMES =
      Pattern.compile("^(?!https?:|data:|blob:|about:|chrome-error:|$)");

  private PageFactory() {}

  static BrowserContext context(Browser browser, VisitTask<?> task, VisitProxy proxy) {
    Visit visit = task.visit();
    BrowserContext context = browser.newContext(options(visit, proxy));
    double millis = Math.max(1, task.remaining().toMillis());
    context.setDefaultTimeout(millis);
    context.setDefaultNavigationTimeout(millis);
    if (visit.network() == Network.OPEN) {
      addHeaders(context, visit);
      addCookies(context, visit);
    }
    return context;
  }

  /**
   * Opens the page of the visit. Windows that it opens are closed. A navigation to a scheme other
   * than http and https is reported to {@code proxy}: the browser blocks it, and if it does not,
   * the visit must not return what the page shows.
   */
  static Page open(BrowserContext context, VisitProxy proxy) {
    Page page = context.newPage();
    context.onPage(Page::close);
    page.onFrameNavigated(frame -> {
      if (OTHER_SCHEMES.matcher(frame.url()).find()) {
        proxy.leftWeb();
      }
    });
    return page;
  }

  private static Browser.NewContextOptions options(Visit visit, VisitProxy proxy) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(visit.width(), visit.height())
            .setDeviceScaleFactor(visit.scale())
            .setJavaScriptEnabled(visit.javaScript())
            .setAcceptDownloads(false)
            .setServiceWorkers(ServiceWorkerPolicy.BLOCK);
    // Without a proxy of its own the context uses that of the browser, which refuses everything.
    if (visit.network() == Network.OPEN) {
      options.setProxy(new com.microsoft.playwright.options.Proxy(proxy.address()));
    }
    visit
        .headers()
        .forEach((name, value) -> {
          if (name.equalsIgnoreCase("user-agent")) {
            options.setUserAgent(value);
          }
        });
    return options;
  }

  private static void addHeaders(BrowserContext context, Visit visit) {
    Map<String, String> toAll = new HashMap<>();
    Map<String, String> toOrigin = new HashMap<>();
    visit
        .headers()
        .forEach((name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!SET_BY_BROWSER.contains(lower)) {
            boolean open = HARMLESS.contains(lower) || visit.cookieUrl().isEmpty();
            (open ? toAll : toOrigin).put(lower, value);
          }
        });
    if (!toAll.isEmpty()) {
      context.setExtraHTTPHeaders(toAll);
    }
    if (!toOrigin.isEmpty()) {
      visit
          .cookieUrl()
          .ifPresent(url -> context.route(originOf(url), route -> resume(route, toOrigin)));
    }
  }

  /** Most visits have no cookies, and each call to the browser costs two process switches. */
  private static void addCookies(BrowserContext context, Visit visit) {
    visit
        .cookieUrl()
        .map(url -> cookies(visit.cookies(), url))
        .filter(cookies -> !cookies.isEmpty())
        .ifPresent(context::addCookies);
  }

  private static Pattern originOf(String url) {
    return Target.parse(url) instanceof Target.Url target
        ? Pattern.compile(
            "^" + target.scheme() + "://" + target.authority().replaceAll("\\W", "\\\\$0") + "/")
        : Pattern.compile("^$");
  }

  /** An override holds for one request, so a redirect does not carry the headers on. */
  private static void resume(Route route, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(route.request().headers());
    headers.putAll(more);
    route.resume(new Route.ResumeOptions().setHeaders(headers));
  }

  private static List<Cookie> cookies(String raw, String url) {
    List<Cookie> cookies = new ArrayList<>();
    for (String pair : raw.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String name = pair.substring(0, equals).strip();
        cookies.add(new Cookie(name, pair.substring(equals + 1).strip()).setUrl(url));
      }
    }
    return cookies;
  }
}
