package io.headgate.processor.scrape;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Target;
import io.headgate.processor.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks URLs against robots.txt, as RFC 9309 specifies: without the file everything is allowed,
 * and while the server fails nothing is. Rules are cached for an hour, for at most a thousand pairs
 * of site and user agent. Thread-safe.
 */
final class RobotsTxt {

  private static final Duration CACHE_DURATION = Duration.ofHours(1);
  private static final int MAX_ENTRIES = 1_000;
  private static final OutboundLimits LIMITS =
      new OutboundLimits(Duration.ofSeconds(20), Duration.ofSeconds(10), 500_000, 5);

  /** The content type that the parser expects. */
  private static final String CONTENT_TYPE = "text/plain";

  private final Cache<String, SimpleRobotRules> cache =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(CACHE_DURATION).build();

  /** Returns why the URL must not be fetched; empty if it may be. */
  Optional<Outcome.Failed> failureIfDisallowed(
      Target.Url url, String userAgent, Outbound outbound, Duration timeout)
      throws InterruptedException {
    SimpleRobotRules rules = rules(url, product(userAgent), userAgent, outbound, timeout);
    if (rules == null) {
      return Optional.of(
          Outcome.Failed.retryable(
              "robots-unknown", "robots.txt of " + url.authority() + " could not be fetched"));
    }
    return rules.isAllowed(url.toString())
        ? Optional.empty()
        : Optional.of(
            Outcome.Failed.permanent(
                "robots-disallowed",
                "robots.txt of " + url.authority() + " does not allow this page"));
  }

  private @Nullable SimpleRobotRules rules(
      Target.Url url, String agent, String userAgent, Outbound outbound, Duration timeout)
      throws InterruptedException {
    String site = url.scheme() + "://" + url.authority();
    String key = site + " " + agent;
    SimpleRobotRules cached = cache.getIfPresent(key);
    if (cached != null) {
      return cached;
    }
    SimpleRobotRules rules = fetch(site + "/robots.txt", agent, userAgent, outbound, timeout);
    if (rules != null) {
      cache.put(key, rules);
    }
    return rules;
  }

  private static @Nullable SimpleRobotRules fetch(
      String address, String agent, String userAgent, Outbound outbound, Duration timeout)
      throws InterruptedException {
    Duration time = timeout.compareTo(LIMITS.total()) < 0 ? timeout : LIMITS.total();
    OutboundRequest request = OutboundRequest.get(address, Map.of("User-Agent", userAgent));
    return switch (outbound.send(request, LIMITS.withTotal(time))) {
      case OutboundResult.OutboundFailure failed when failed.retryable() -> null;
      case OutboundResult.OutboundFailure _ -> new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
      case OutboundResult.Response response when response.status() / 100 == 2 ->
          new SimpleRobotRulesParser()
              .parseContent(address, response.body(), CONTENT_TYPE, List.of(agent));
      case OutboundResult.Response response when response.retryable() -> null;
      case OutboundResult.Response _ -> new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
    };
  }

  /** The product token of a user agent: the part before its version. */
  private static String product(String userAgent) {
    String product = userAgent.strip().split("[/\\s(]", 2)[0].toLowerCase(Locale.ROOT);
    return product.isEmpty() ? ScrapeOptions.DEFAULT_AGENT.toLowerCase(Locale.ROOT) : product;
  }
}
