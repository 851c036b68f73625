package io.headgate.processor.scrape;

import io.headgate.extract.TimeBudget;
import io.headgate.processor.Attempt;
import io.headgate.processor.Outcome;
import io.headgate.processor.scrape.ActionRunner.CapturedPiece;
import io.headgate.processor.scrape.ActionRunner.ForEachResult;
import io.headgate.processor.scrape.BrowserFetch.BrowserResult;
import java.io.IOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Adds for_each results and the screenshot to the output of an item. */
final class BrowserOutput {

  private static final String SCREENSHOT = "screenshot.png";

  private BrowserOutput() {}

  static Outcome addTo(
      Outcome outcome, BrowserResult result, ScrapeOptions options, Attempt attempt)
      throws InterruptedException, IOException {
    if (!(outcome instanceof Outcome.Succeeded succeeded)
        || !(succeeded.output() instanceof ObjectNode output)) {
      return outcome;
    }
    if (!result.forEachResults().isEmpty()) {
      ArrayNode all = output.putArray("for_each");
      for (ForEachResult forEach : result.forEachResults()) {
        all.add(forEachResult(forEach, options, TimeBudget.of(attempt.remaining())));
      }
    }
    if (result.screenshot().isPresent()) {
      attempt.storeArtifact(SCREENSHOT, "image/png", result.screenshot().get());
      output.put("screenshot", SCREENSHOT);
    }
    return outcome;
  }

  private static ObjectNode forEachResult(
      ForEachResult forEach, ScrapeOptions options, TimeBudget effort) throws InterruptedException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("observe", forEach.observe());
    ArrayNode items = node.putArray("items");
    for (CapturedPiece piece : forEach.pieces()) {
      items.add(piece(piece, options, effort));
    }
    return node;
  }

  /** Converts a piece. A failure becomes its {@code error} and does not fail the others. */
  private static ObjectNode piece(CapturedPiece piece, ScrapeOptions options, TimeBudget effort)
      throws InterruptedException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("page", piece.page());
    node.put("url", piece.url());
    if (OutputBuilder.ofPiece(node, document(piece), options, effort)
        instanceof Outcome.Failed failed) {
      node.put("error", failed.message());
    }
    return node;
  }

  /** Wraps rows and cells in a table, because the parser drops their tags elsewhere. */
  private static Document document(CapturedPiece piece) {
    String html = piece.html();
    boolean row = html.startsWith("<tr") || html.startsWith("<td") || html.startsWith("<tbody");
    return Jsoup.parse(row ? "<table>" + html + "</table>" : html, piece.url());
  }
}
