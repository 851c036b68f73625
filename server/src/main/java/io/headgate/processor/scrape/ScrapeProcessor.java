package io.headgate.processor.scrape;

import io.headgate.batch.Violation;
import io.headgate.browser.BrowserTrouble;
import io.headgate.browser.Browsers;
import io.headgate.browser.Proxy;
import io.headgate.extract.Effort;
import io.headgate.outbound.Answer;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.Space;
import io.headgate.outbound.Target;
import io.headgate.processor.Attempt;
import io.headgate.processor.FailedAnswer;
import io.headgate.processor.Input;
import io.headgate.processor.JsonForm;
import io.headgate.processor.NotKept;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import io.headgate.processor.scrape.BrowserFetch.Seen;
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

  private static final JsonForm INPUT = JsonForm.resource(ScrapeProcessor.class, "input.json");

  private final Outbound outbound;
  private final Optional<BrowserFetch> browser;
  private final Politeness politeness = new Politeness();
  private final Robots robots = new Robots();
  private final KnownOptions known = new KnownOptions();
  private final Desk desk = Desk.ofThisProcess();

  /** Creates a processor without a browser. */
  public ScrapeProcessor(Outbound outbound) {
    this(outbound, Optional.empty());
  }

  /**
   * Creates a processor with browsers.
   *
   * @param proxy the proxy for batches with the option {@code proxy}
   */
  public ScrapeProcessor(Outbound outbound, Browsers browsers, Optional<Proxy> proxy) {
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
  public List<String> notes() {
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
    return found.isEmpty() ? BrowserWish.check(options, BrowserFetch.missing(browser)) : found;
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
    all.addAll(BrowserWish.checkInput(input, options));
    return all;
  }

  private static List<Violation> checkUrl(String field, String url) {
    return switch (Target.parse(url)) {
      case Target.Url _ -> List.of();
      case Answer.Failed failed -> List.of(new Violation(field, failed.message()));
    };
  }

  private static List<Violation> withHeaders(JsonNode headers, List<Violation> before) {
    List<Violation> found = new ArrayList<>(before);
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
    ScrapeOptions options = known.read(input.options());
    JsonNode item = input.input();
    String url = item.isString() ? item.asString() : item.path("url").asString("");
    try {
      return switch (Target.parse(url)) {
        case Answer.Failed failed -> FailedAnswer.of(failed);
        case Target.Url target -> visit(new Visit(target, input, options, attempt));
      };
    } catch (Effort.Spent e) {
      return Outcome.Failed.passing("timeout", "the page could not be parsed before the deadline");
    } catch (BrowserTrouble e) {
      return e.begun()
          ? new Outcome.Failed(e.code(), e.message(), e.passing(), Optional.empty())
          : new Outcome.Unbegun(e.code(), e.message());
    } catch (NotKept e) {
      return Outcome.Failed.passing(
          "artifact-not-kept", "the screenshot was not stored: " + e.message());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Visit(Target.Url url, Input input, ScrapeOptions options, Attempt attempt) {

    Map<String, String> headers() {
      Map<String, String> headers = new HashMap<>(options.headers());
      ScrapeOptions.addHeaders(headers, input.input().path("headers"));
      return headers;
    }
  }

  private Outcome visit(Visit visit) throws InterruptedException, IOException, BrowserTrouble {
    Optional<Outbound> way =
        visit.options().proxy() ? outbound.throughProxy() : Optional.of(outbound);
    if (way.isEmpty()) {
      return Outcome.Failed.lasting("no-proxy", "this server has no outbound_proxy configured");
    }
    if (visit.options().robots()) {
      Optional<Outcome.Failed> refused =
          robots.objection(
              visit.url(), visit.options().userAgent(), way.get(), visit.attempt().remaining());
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    return inTurn(visit, way.get());
  }

  private Outcome inTurn(Visit visit, Outbound way)
      throws InterruptedException, IOException, BrowserTrouble {
    String host = visit.url().authority();
    BrowserWish wish = BrowserWish.of(visit.input().options(), visit.input().input());
    boolean driven = browser.isPresent() && wish.wantsBrowser(browser.get()::missing);
    Politeness.Limit limit = visit.options().politeness().of(driven);
    Optional<Politeness.Turn> turn = politeness.await(host, limit, visit.attempt().remaining());
    if (turn.isEmpty()) {
      return new Outcome.Unbegun(
          "host-busy", "no fetch slot for " + host + " became free before the deadline");
    }
    try (Space.Share room = way.space().share()) {
      Seen seen;
      try (Politeness.Turn _ = turn.get()) {
        seen =
            driven
                ? browser
                    .orElseThrow()
                    .visit(visit.url(), wish, visit.headers(), visit.options(), visit.attempt())
                : Seen.plainly(fetch(visit, way, room));
      }
      return outcome(visit, seen);
    }
  }

  private Outcome outcome(Visit visit, Seen seen) throws InterruptedException, IOException {
    return switch (seen.answer()) {
      case Answer.Failed failed -> FailedAnswer.of(failed);
      case Answer.Response response when response.status() / 100 != 2 -> FailedAnswer.of(response);
      case Answer.Response response ->
          BrowserOutput.with(read(visit, response), seen, visit.options(), visit.attempt());
    };
  }

  private static Answer fetch(Visit visit, Outbound way, Space.Share room)
      throws InterruptedException {
    return way.send(
        OutboundRequest.get(visit.url().toString(), visit.headers()),
        visit.options().limits().withTotal(visit.attempt().remaining()),
        room);
  }

  private Outcome read(Visit visit, Answer.Response response) throws InterruptedException {
    return desk.with(
        response.body(),
        visit.attempt().remaining(),
        () ->
            Reading.of(
                visited(visit.url().toString(), response),
                visit.options(),
                Effort.lasting(visit.attempt().remaining())));
  }

  private static Visited visited(String url, Answer.Response response) throws InterruptedException {
    return new Visited(
        url,
        response.finalUrl(),
        response.status(),
        response.mediaType(),
        response.body().length,
        Page.of(response));
  }
}
