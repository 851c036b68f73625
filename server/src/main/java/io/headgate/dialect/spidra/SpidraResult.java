package io.headgate.dialect.spidra;

import io.headgate.view.ItemView;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The output of the processor {@code scrape} for a page, in the form that the client requested. */
record SpidraResult(JsonNode output) {

  /** Returns the result of an item; null unless it succeeded. */
  static @Nullable SpidraResult of(ItemView item) {
    String output = item.data().output();
    return output == null ? null : new SpidraResult(JsonMapper.shared().readTree(output));
  }

  /** A string for Markdown and text, an object for JSON. */
  JsonNode inForm(ScrapeRequest.ResultForm form) {
    return switch (form) {
      case MARKDOWN, TEXT -> JsonNodeFactory.instance.stringNode(content());
      case JSON -> output.has("json") ? extracted() : page();
    };
  }

  /** The page as Markdown, followed by the pieces that {@code forEach} gathered. */
  String content() {
    StringJoiner text = new StringJoiner("\n\n");
    text.add(output.path("content").asString(""));
    pieces().forEach(piece -> text.add(piece.path("content").asString("")));
    return text.toString().strip();
  }

  private List<JsonNode> pieces() {
    return output
        .path("for_each")
        .valueStream()
        .flatMap(each -> each.path("items").valueStream())
        .filter(piece -> !piece.has("error"))
        .toList();
  }

  String title() {
    return output.path("title").asString("");
  }

  /** The extracted JSON of the page, or an array of each piece's if pieces were gathered. */
  private JsonNode extracted() {
    List<JsonNode> pieces = pieces();
    if (pieces.isEmpty()) {
      return output.path("json");
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    pieces.forEach(piece -> all.add(piece.path("json")));
    return all;
  }

  /** JSON without a schema. No model is called, so this is the page itself. */
  private JsonNode page() {
    ObjectNode reading = JsonNodeFactory.instance.objectNode();
    reading.put("title", title());
    reading.set("url", output.path("final_url"));
    reading.put("content", content());
    return reading;
  }
}
