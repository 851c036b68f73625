package io.headgate.dialect.spidra;

import io.headgate.view.ItemView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code scrape} made of a page, in the form that was asked for. */
record Result(JsonNode output) {

  /** Of an item that succeeded; null of any other. */
  static @Nullable Result of(ItemView item) {
    String output = item.data().output();
    return output == null ? null : new Result(JsonMapper.shared().readTree(output));
  }

  /** A string for Markdown and text, an object for JSON. */
  JsonNode as(Wish.Form form) {
    return switch (form) {
      case MARKDOWN, TEXT -> JsonNodeFactory.instance.stringNode(content());
      case JSON -> output.has("json") ? output.path("json") : reading();
    };
  }

  String content() {
    return output.path("content").asString("");
  }

  String title() {
    return output.path("title").asString("");
  }

  /** Without a model no prompt is obeyed: the page is told as it is. */
  private JsonNode reading() {
    ObjectNode reading = JsonNodeFactory.instance.objectNode();
    reading.put("title", title());
    reading.set("url", output.path("final_url"));
    reading.put("content", content());
    return reading;
  }
}
