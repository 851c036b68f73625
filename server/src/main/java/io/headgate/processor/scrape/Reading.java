package io.headgate.processor.scrape;

import io.headgate.extract.Effort;
import io.headgate.extract.Extracted;
import io.headgate.extract.Extractor;
import io.headgate.extract.Material;
import io.headgate.processor.Outcome;
import io.headgate.processor.scrape.Wanted.Output;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the output of an item from a fetched page. */
final class Reading {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Extractor EXTRACTOR = Extractor.byRules();

  /** The outputs that text other than HTML supports. */
  private static final Set<Output> OF_TEXT = Set.of(Output.MARKDOWN, Output.TEXT, Output.JSON);

  private final ObjectNode output;
  private final ScrapeOptions options;
  private final Effort effort;

  private Reading(ObjectNode output, ScrapeOptions options, Effort effort) {
    this.output = output;
    this.options = options;
    this.effort = effort;
  }

  /**
   * Builds the output of a page.
   *
   * @throws Effort.Spent if this exceeds the time limit
   */
  static Outcome of(Visited visited, ScrapeOptions options, Effort effort)
      throws InterruptedException {
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    return new Reading(output, options, effort).outcome(visited);
  }

  /** Builds the output of a piece of a page and adds it to {@code output}. */
  static Outcome ofPiece(ObjectNode output, Document piece, ScrapeOptions options, Effort effort)
      throws InterruptedException {
    return new Reading(output, options, effort).ofPage(piece);
  }

  private Outcome outcome(Visited visited) throws InterruptedException {
    output.put("url", visited.url());
    output.put("final_url", visited.finalUrl());
    output.put("status", visited.status());
    output.put("content_type", visited.contentType());
    return switch (visited.page()) {
      case Page.Html html -> ofHtml(visited, html);
      case Page.Text text -> ofText(visited, text);
      case Page.Binary _ -> unsupported(visited);
    };
  }

  private Outcome ofHtml(Visited visited, Page.Html html) throws InterruptedException {
    output.put("charset", html.charset());
    output.put("bytes", visited.bytes());
    output.put("title", html.document().title());
    return ofPage(html.document());
  }

  private Outcome ofPage(Document page) throws InterruptedException {
    Extraction extraction = new Extraction(page, options, effort);
    if (!options.wanted().fields().isEmpty()) {
      output.set("fields", extraction.fields(options.wanted().fields()));
    }
    for (Output wanted : options.wanted().outputs()) {
      effort.look();
      switch (wanted) {
        case MARKDOWN, TEXT, HTML -> content(wanted, extraction.content(wanted));
        case LINKS -> output.set("links", extraction.links());
        case METADATA -> output.set("metadata", extraction.metadata());
        case JSON -> {
          Optional<Outcome> failure = json(new Material.Page(page));
          if (failure.isPresent()) {
            return failure.get();
          }
        }
      }
    }
    return new Outcome.Succeeded(output);
  }

  private Outcome ofText(Visited visited, Page.Text text) throws InterruptedException {
    output.put("charset", text.charset());
    output.put("bytes", visited.bytes());
    output.putNull("title");
    if (!options.wanted().fields().isEmpty() || !OF_TEXT.containsAll(options.wanted().outputs())) {
      return unsupported(visited);
    }
    for (Output wanted : options.wanted().outputs()) {
      if (wanted == Output.JSON) {
        Optional<Outcome> failure = json(material(text.text()));
        if (failure.isPresent()) {
          return failure.get();
        }
      } else {
        content(wanted, text.text());
      }
    }
    return new Outcome.Succeeded(output);
  }

  /** A single output is named {@code content}; several have their own names. */
  private void content(Output wanted, String content) {
    output.put(options.wanted().several() ? wanted.word() : "content", content);
  }

  /** Adds the extracted value to the output; returns the failure if there is none. */
  private Optional<Outcome> json(Material material) throws InterruptedException {
    return switch (EXTRACTOR.extract(
        material, Objects.requireNonNull(options.wanted().schema()), effort)) {
      case Extracted.Missing missing ->
          Optional.of(Outcome.Failed.lasting("missing-property", missing.message()));
      case Extracted.Unfit unfit ->
          Optional.of(Outcome.Failed.lasting("unfit-value", unfit.message()));
      case Extracted.Found(var value) -> {
        output.set("json", value);
        output.put("extracted_by", "rules");
        if (options.wanted().prompted()) {
          output.put(
              "note", "The prompt had no effect: values were extracted by rules, not by a model.");
        }
        yield Optional.empty();
      }
    };
  }

  /** Treats text that parses as a JSON object or array as data. */
  private static Material material(String text) {
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      try {
        return new Material.Data(JSON.readTree(text));
      } catch (JacksonException e) {
        return new Material.Text(text);
      }
    }
    return new Material.Text(text);
  }

  private static Outcome unsupported(Visited visited) {
    String type = visited.contentType().isEmpty() ? "no content type" : visited.contentType();
    return Outcome.Failed.lasting(
        "unsupported-content", "the requested output is not available for a page of " + type);
  }
}
