package io.headgate.processor.scrape;

import io.headgate.batch.Violation;
import io.headgate.browser.BrowserTrouble;
import io.headgate.browser.Browsers;
import io.headgate.browser.Proxy;
import io.headgate.extract.Effort;
import io.headgate.extract.Material;
import io.headgate.outbound.Answer;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.Target;
import io.headgate.processor.Attempt;
import io.headgate.processor.FailedAnswer;
import io.headgate.processor.Input;
import io.headgate.processor.JsonForm;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import io.headgate.processor.scrape.BrowserFetch.Seen;
import io.headgate.processor.scrape.ScrapeOptions.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches a page and makes Markdown, text, HTML, links, metadata or fields of it; see
 * docs/processors/scrape.md. Without a browser what scripts would add is not there; with one,
 * actions can be done on the page first.
 */
public final class ScrapeProcessor implements Processor {

  private static final JsonForm INPUT = JsonForm.resource(ScrapeProcessor.class, "input.json");

  private final Outbound outbound;
  private final Optional<BrowserFetch> browser;
  private final Politeness politeness = new Politeness();

  /** One that has no browser. */
  public ScrapeProcessor(Outbound outbound) {
    this(outbound, Optional.empty());
  }

  /**
   * @param proxy for batches that ask for one
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
  public List<String> notes() {
    List<String> missing = BrowserFetch.means(browser).missing();
    return missing.isEmpty()
        ? List.of()
        : List.of("Mode browser is not possible here; missing: " + String.join(", ", missing));
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
  public List<Violation> checkOptions(JsonNode options) {
    List<Violation> found = ScrapeOptions.check(options);
    return found.isEmpty() ? BrowserWish.check(options, BrowserFetch.means(browser)) : found;
  }

  /** By hand, not by the schema: it is called for each of millions of lines. */
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
      found.add(new Violation("headers", "must hold strings only"));
    } else {
      ScrapeOptions.checkHeaders(headers, found);
    }
    return found;
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws InterruptedException {
    try {
      return visit(input, attempt);
    } catch (Effort.Spent e) {
      return Outcome.Failed.passing("timeout", "the page could not be read through in time");
    } catch (BrowserTrouble e) {
      return new Outcome.Failed(e.code(), e.message(), e.passing(), Optional.empty());
    } catch (IOException e) {
      return Outcome.Failed.passing(
          "artifact-not-kept", "the screenshot was not kept: " + e.getMessage());
    }
  }

  private Outcome visit(Input input, Attempt attempt)
      throws InterruptedException, IOException, BrowserTrouble {
    ScrapeOptions options = ScrapeOptions.of(input.options());
    JsonNode item = input.input();
    String url = item.isString() ? item.asString() : item.path("url").asString("");
    return switch (Target.parse(url)) {
      case Answer.Failed failed -> FailedAnswer.of(failed);
      case Target.Url target -> inTurn(target, input, options, attempt);
    };
  }

  private Outcome inTurn(Target.Url url, Input input, ScrapeOptions options, Attempt attempt)
      throws InterruptedException, IOException, BrowserTrouble {
    Optional<Politeness.Turn> turn =
        politeness.await(url.authority(), options.politeness(), attempt.remaining());
    if (turn.isEmpty()) {
      return Outcome.Failed.passing(
          "host-busy", "no turn at " + url.authority() + " came up before the deadline");
    }
    Seen seen;
    try (Politeness.Turn _ = turn.get()) {
      seen = see(url, input, options, attempt);
    }
    return switch (seen.answer()) {
      case Answer.Failed failed -> FailedAnswer.of(failed);
      case Answer.Response response when response.status() / 100 != 2 -> FailedAnswer.of(response);
      case Answer.Response response -> {
        Outcome outcome = read(url.toString(), response, options, attempt);
        yield BrowserOutput.with(outcome, seen, options, attempt);
      }
    };
  }

  private Seen see(Target.Url url, Input input, ScrapeOptions options, Attempt attempt)
      throws InterruptedException, IOException, BrowserTrouble {
    BrowserWish wish = BrowserWish.of(input.options(), input.input());
    if (browser.isPresent() && wish.wantsBrowser(browser.get().missing())) {
      return browser.get().visit(url, wish, headers(input.input(), options), options, attempt);
    }
    return Seen.plainly(fetch(url, headers(input.input(), options), options, attempt));
  }

  private static Map<String, String> headers(JsonNode item, ScrapeOptions options) {
    Map<String, String> headers = new HashMap<>(options.headers());
    ScrapeOptions.addHeaders(headers, item.path("headers"));
    return headers;
  }

  private Answer fetch(
      Target.Url url, Map<String, String> headers, ScrapeOptions options, Attempt attempt)
      throws InterruptedException {
    return outbound.send(
        OutboundRequest.get(url.toString(), headers),
        options.limits().withTotal(attempt.remaining()));
  }

  private Outcome read(String url, Answer.Response response, ScrapeOptions options, Attempt attempt)
      throws InterruptedException {
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.put("url", url);
    output.put("final_url", response.finalUrl());
    output.put("status", response.status());
    output.put("content_type", response.mediaType());
    return switch (Page.of(response)) {
      case Page.Html html -> {
        output.put("charset", html.charset());
        output.put("bytes", response.body().length);
        output.put("title", html.document().title());
        yield put(output, html.document(), options, Effort.lasting(attempt.remaining()));
      }
      case Page.Text text -> {
        output.put("charset", text.charset());
        output.put("bytes", response.body().length);
        output.putNull("title");
        yield ofText(output, text, response, options.wanted(), Effort.lasting(attempt.remaining()));
      }
      case Page.Binary _ -> unsupported(response);
    };
  }

  /** What was asked of a page, or of a piece of one. */
  static Outcome put(ObjectNode output, Document page, ScrapeOptions options, Effort effort)
      throws InterruptedException {
    switch (options.wanted()) {
      case Wanted.Fields fields ->
          output.set("fields", new Extraction(page, options).fields(fields.byName()));
      case Wanted.Json json -> {
        return JsonOutput.of(new Material.Page(page), json, output, effort);
      }
      case Wanted.Whole whole -> {
        Extraction extraction = new Extraction(page, options);
        switch (whole.output()) {
          case MARKDOWN, TEXT, HTML -> output.put("content", extraction.content(whole.output()));
          case LINKS -> output.set("links", extraction.links());
          case METADATA -> output.set("metadata", extraction.metadata());
        }
      }
    }
    return new Outcome.Succeeded(output);
  }

  /** Text that is not HTML has no parts to choose from: it is the content, or it is no use. */
  private static Outcome ofText(
      ObjectNode output, Page.Text text, Answer.Response response, Wanted wanted, Effort effort)
      throws InterruptedException {
    return switch (wanted) {
      case Wanted.Fields _ -> unsupported(response);
      case Wanted.Json json -> JsonOutput.of(JsonOutput.material(text), json, output, effort);
      case Wanted.Whole whole ->
          switch (whole.output()) {
            case MARKDOWN, TEXT -> new Outcome.Succeeded(output.put("content", text.text()));
            case HTML, LINKS, METADATA -> unsupported(response);
          };
    };
  }

  private static Outcome unsupported(Answer.Response response) {
    String type = response.mediaType().isEmpty() ? "of no declared type" : response.mediaType();
    return Outcome.Failed.lasting(
        "unsupported-content", "the page is " + type + ", which cannot be read this way");
  }
}
