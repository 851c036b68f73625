package io.headgate.processor.scrape;

import io.headgate.extract.ExtractionResult;
import io.headgate.extract.ExtractionSource;
import io.headgate.extract.Extractor;
import io.headgate.extract.TimeBudget;
import io.headgate.processor.Outcome;
import io.headgate.processor.scrape.OutputSpec.ScrapeOutput;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the output of an item from a fetched page. */
final class OutputBuilder {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Extractor EXTRACTOR = Extractor.byRules();

  /** The outputs that text other than HTML supports. */
  private static final Set<ScrapeOutput> TEXT_FORMATS =
      Set.of(ScrapeOutput.MARKDOWN, ScrapeOutput.TEXT, ScrapeOutput.JSON);

  private final ObjectNode output;
  private final ScrapeOptions options;
  private final TimeBudget effort;

  private OutputBuilder(ObjectNode output, ScrapeOptions options, TimeBudget effort) {
    this.output = output;
    this.options = options;
    this.effort = effort;
  }

  /**
   * Builds the output of a page.
   *
   * @throws TimeBudget.TimeBudgetExceeded if this exceeds the time limit
   */
  static Outcome of(FetchedPage fetched, ScrapeOptions options, TimeBudget effort)
      throws InterruptedException {
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    return new OutputBuilder(output, options, effort).outcome(fetched);
  }

  /** Builds the output of a piece of a page and adds it to {@code output}. */
  static Outcome ofPiece(
      ObjectNode output, Document piece, ScrapeOptions options, TimeBudget effort)
      throws InterruptedException {
    return new OutputBuilder(output, options, effort).ofPage(piece);
  }

  private Outcome outcome(FetchedPage fetched) throws InterruptedException {
    output.put("url", fetched.url());
    output.put("final_url", fetched.finalUrl());
    output.put("status", fetched.status());
    output.put("content_type", fetched.contentType());
    return switch (fetched.page()) {
      case PageContent.HtmlContent html -> ofHtml(fetched, html);
      case PageContent.TextContent text -> ofText(fetched, text);
      case PageContent.BinaryContent _ -> unsupported(fetched);
    };
  }

  private Outcome ofHtml(FetchedPage fetched, PageContent.HtmlContent html)
      throws InterruptedException {
    output.put("charset", html.charset());
    output.put("bytes", fetched.bytes());
    output.put("title", html.document().title());
    return ofPage(html.document());
  }

  private Outcome ofPage(Document page) throws InterruptedException {
    PageConverter extraction = new PageConverter(page, options, effort);
    if (!options.output().fields().isEmpty()) {
      output.set("fields", extraction.fields(options.output().fields()));
    }
    for (ScrapeOutput format : options.output().outputs()) {
      effort.check();
      switch (format) {
        case MARKDOWN, TEXT, HTML -> addContent(format, extraction.content(format));
        case LINKS -> output.set("links", extraction.links());
        case METADATA -> output.set("metadata", extraction.metadata());
        case JSON -> {
          Optional<Outcome> failure = addJson(new ExtractionSource.HtmlSource(page));
          if (failure.isPresent()) {
            return failure.get();
          }
        }
      }
    }
    return new Outcome.Succeeded(output);
  }

  private Outcome ofText(FetchedPage fetched, PageContent.TextContent text)
      throws InterruptedException {
    output.put("charset", text.charset());
    output.put("bytes", fetched.bytes());
    output.putNull("title");
    if (!options.output().fields().isEmpty()
        || !TEXT_FORMATS.containsAll(options.output().outputs())) {
      return unsupported(fetched);
    }
    for (ScrapeOutput format : options.output().outputs()) {
      if (format == ScrapeOutput.JSON) {
        Optional<Outcome> failure = addJson(sourceOf(text.text()));
        if (failure.isPresent()) {
          return failure.get();
        }
      } else {
        addContent(format, text.text());
      }
    }
    return new Outcome.Succeeded(output);
  }

  /** A single output is named {@code content}; several have their own names. */
  private void addContent(ScrapeOutput format, String content) {
    output.put(options.output().multiple() ? format.wireName() : "content", content);
  }

  /** Adds the extracted value to the output; returns the failure if there is none. */
  private Optional<Outcome> addJson(ExtractionSource source) throws InterruptedException {
    return switch (EXTRACTOR.extract(
        source, Objects.requireNonNull(options.output().schema()), effort)) {
      case ExtractionResult.MissingProperties missing ->
          Optional.of(Outcome.Failed.permanent("missing-property", missing.message()));
      case ExtractionResult.InvalidValue invalid ->
          Optional.of(Outcome.Failed.permanent("unfit-value", invalid.message()));
      case ExtractionResult.ValidValue(var value) -> {
        output.set("json", value);
        output.put("extracted_by", "rules");
        if (options.output().hasPrompt()) {
          output.put(
              "note", "The prompt had no effect: values were extracted by rules, not by a model.");
        }
        yield Optional.empty();
      }
    };
  }

  /** Treats text that parses as a JSON object or array as data. */
  private static ExtractionSource sourceOf(String text) {
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      try {
        return new ExtractionSource.JsonSource(JSON.readTree(text));
      } catch (JacksonException e) {
        return new ExtractionSource.TextSource(text);
      }
    }
    return new ExtractionSource.TextSource(text);
  }

  private static Outcome unsupported(FetchedPage fetched) {
    String type = fetched.contentType().isEmpty() ? "no content type" : fetched.contentType();
    return Outcome.Failed.permanent(
        "unsupported-content", "the requested output is not available for a page of " + type);
  }
}
