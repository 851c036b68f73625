package io.headgate.processor.scrape;

import io.headgate.batch.Violation;
import io.headgate.browser.BrowserException;
import io.headgate.browser.Browsers;
import io.headgate.browser.UpstreamProxy;
import io.headgate.extract.TimeBudget;
import io.headgate.outbound.BodyMemoryBudget;
import io.headgate.outbound.HttpFailures;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Target;
import io.headgate.processor.ArtifactNotStoredException;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.JsonSchemaChecker;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import io.headgate.processor.scrape.BrowserFetch.BrowserResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Fetches a page and converts it to Markdown, text, HTML, links, metadata, fields or JSON. With a
 * browser it runs the page's scripts, and actions on the page, first. See
 * docs/processors/scrape.md.
 */
public final class ScrapeProcessor implements Processor {

  private static final JsonSchemaChecker INPUT =
      JsonSchemaChecker.resource(ScrapeProcessor.class, "input.json");

  private final Outbound outbound;
  private final Optional<BrowserFetch> browser;
  private final HostLimiter hostLimiter = new HostLimiter();
  private final RobotsTxt robots = new RobotsTxt();
  private final ScrapeOptionsCache optionsCache = new ScrapeOptionsCache();
  private final ParseMemoryBudget parseMemory = ParseMemoryBudget.thirdOfHeap();

  /** Creates a processor without a browser. */
  public ScrapeProcessor(Outbound outbound) {
    this(outbound, Optional.empty());
  }

  /**
   * Creates a processor with browsers.
   *
   * @param proxy the proxy for batches with the option {@code proxy}
   */
  public ScrapeProcessor(Outbound outbound, Browsers browsers, Optional<UpstreamProxy> proxy) {
    this(outbound, Optional.of(new BrowserFetch(browsers, proxy)));
  }

  private ScrapeProcessor(Outbound outbound, Optional<BrowserFetch> browser) {
    this.outbound = outbound;
    this.browser = browser;
  }

  @Override
  public String name() {
    return "scrape";
  }

  @Override
  public JsonNode optionsSchema() {
    return ScrapeOptions.FORM.schema();
  }

  @Override
  public JsonNode inputSchema() {
    return INPUT.schema();
  }

  @Override
  public List<String> restrictions() {
    List<String> missing = BrowserFetch.missing(browser);
    return missing.isEmpty()
        ? List.of()
        : List.of(
            "Mode browser is not available on this server; missing: " + String.join(", ", missing));
  }

  @Override
  public List<Violation> checkOptions(JsonNode options) {
    List<Violation> found = ScrapeOptions.check(options);
    if (options.path("proxy").asBoolean(false) && outbound.throughProxy().isEmpty()) {
      found.add(
          new Violation("proxy", "is not available: this server has no outbound_proxy configured"));
    }
    return found.isEmpty() ? BrowserOptions.check(options, BrowserFetch.missing(browser)) : found;
  }

  /** Does not use the schema, because it is too slow for batches of millions of lines. */
  @Override
  public List<Violation> checkInput(JsonNode input, JsonNode options) {
    if (input.isString()) {
      return checkUrl("", input.asString());
    }
    if (!input.isObject()) {
      return List.of(new Violation("", "must be a URL or an object with url"));
    }
    JsonNode url = input.path("url");
    if (!url.isString()) {
      String message = url.isMissingNode() ? "is required" : "must be a string";
      return List.of(new Violation("url", message));
    }
    List<Violation> found = checkUrl("url", url.asString());
    List<Violation> all =
        input.has("headers") ? withHeaders(input.get("headers"), found) : new ArrayList<>(found);
    all.addAll(BrowserOptions.checkInput(input, options));
    return all;
  }

  private static List<Violation> checkUrl(String field, String url) {
    return switch (Target.parse(url)) {
      case Target.Url _ -> List.of();
      case OutboundResult.OutboundFailure failed -> List.of(new Violation(field, failed.message()));
    };
  }

  private static List<Violation> withHeaders(JsonNode headers, List<Violation> previous) {
    List<Violation> found = new ArrayList<>(previous);
    if (!headers.isObject() || headers.size() > 50) {
      found.add(new Violation("headers", "must be an object of at most 50 headers"));
    } else if (!headers.valueStream().allMatch(JsonNode::isString)) {
      found.add(new Violation("headers", "must contain only strings"));
    } else {
      ScrapeOptions.checkHeaders(headers, found);
    }
    return found;
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws InterruptedException {
    ScrapeOptions options = optionsCache.get(input.options());
    JsonNode item = input.input();
    String url = item.isString() ? item.asString() : item.path("url").asString("");
    try {
      return switch (Target.parse(url)) {
        case OutboundResult.OutboundFailure failed -> HttpFailures.of(failed);
        case Target.Url target -> process(new PageRequest(target, input, options, attempt));
      };
    } catch (TimeBudget.TimeBudgetExceeded e) {
      return Outcome.Failed.retryable(
          "timeout", "the page could not be parsed before the deadline");
    } catch (BrowserException e) {
      return e.started()
          ? new Outcome.Failed(e.code(), e.message(), e.retryable(), Optional.empty())
          : new Outcome.ResourceBusy(e.code(), e.message());
    } catch (ArtifactNotStoredException e) {
      return Outcome.Failed.retryable(
          "artifact-not-kept", "the screenshot was not stored: " + e.message());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record PageRequest(Target.Url url, Input input, ScrapeOptions options, Attempt attempt) {

    Map<String, String> headers() {
      Map<String, String> headers = new HashMap<>(options.headers());
      ScrapeOptions.addHeaders(headers, input.input().path("headers"));
      return headers;
    }
  }

  private Outcome process(PageRequest request)
      throws InterruptedException, IOException, BrowserException {
    Optional<Outbound> client =
        request.options().proxy() ? outbound.throughProxy() : Optional.of(outbound);
    if (client.isEmpty()) {
      return Outcome.Failed.permanent("no-proxy", "this server has no outbound_proxy configured");
    }
    if (request.options().respectRobots()) {
      Optional<Outcome.Failed> refused =
          robots.failureIfDisallowed(
              request.url(),
              request.options().userAgent(),
              client.get(),
              request.attempt().remaining());
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    return processInSlot(request, client.get());
  }

  private Outcome processInSlot(PageRequest request, Outbound client)
      throws InterruptedException, IOException, BrowserException {
    String host = request.url().authority();
    BrowserOptions browserOptions =
        BrowserOptions.of(request.input().options(), request.input().input());
    boolean inBrowser = browser.isPresent() && browserOptions.usesBrowser(browser.get()::missing);
    HostLimiter.HostLimit limit = request.options().hostLimit().forMode(inBrowser);
    Optional<HostLimiter.HostSlot> slot =
        hostLimiter.acquire(host, limit, request.attempt().remaining());
    if (slot.isEmpty()) {
      return new Outcome.ResourceBusy(
          "host-busy", "no fetch slot for " + host + " became free before the deadline");
    }
    try (BodyMemoryBudget.MemoryReservation bodyMemory = client.memoryBudget().newReservation()) {
      BrowserResult result;
      try (HostLimiter.HostSlot _ = slot.get()) {
        result =
            inBrowser
                ? browser
                    .orElseThrow()
                    .visit(
                        request.url(),
                        browserOptions,
                        request.headers(),
                        request.options(),
                        request.attempt())
                : BrowserResult.withoutBrowser(fetch(request, client, bodyMemory));
      }
      return outcome(request, result);
    }
  }

  private Outcome outcome(PageRequest request, BrowserResult result)
      throws InterruptedException, IOException {
    return switch (result.response()) {
      case OutboundResult.OutboundFailure failed -> HttpFailures.of(failed);
      case OutboundResult.Response response when response.status() / 100 != 2 ->
          HttpFailures.of(response);
      case OutboundResult.Response response ->
          BrowserOutput.addTo(
              buildOutput(request, response), result, request.options(), request.attempt());
    };
  }

  private static OutboundResult fetch(
      PageRequest request, Outbound client, BodyMemoryBudget.MemoryReservation bodyMemory)
      throws InterruptedException {
    return client.send(
        OutboundRequest.get(request.url().toString(), request.headers()),
        request.options().limits().withTotal(request.attempt().remaining()),
        bodyMemory);
  }

  private Outcome buildOutput(PageRequest request, OutboundResult.Response response)
      throws InterruptedException {
    return parseMemory.run(
        response.body(),
        request.attempt().remaining(),
        () ->
            OutputBuilder.of(
                fetchedPage(request.url().toString(), response),
                request.options(),
                TimeBudget.of(request.attempt().remaining())));
  }

  private static FetchedPage fetchedPage(String url, OutboundResult.Response response)
      throws InterruptedException {
    return new FetchedPage(
        url,
        response.finalUrl(),
        response.status(),
        response.mediaType(),
        response.body().length,
        PageContent.of(response));
  }
}
