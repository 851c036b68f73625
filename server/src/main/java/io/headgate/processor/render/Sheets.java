package io.headgate.processor.render;

import io.headgate.processor.render.Sheet.Content;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What there is to draw for an item. */
final class Sheets {

  /** The sheets of one layout: one, or several that become one PDF. */
  List<Sheet> of(JsonNode input, RenderOptions options, String layout) throws Unrenderable {
    Content content =
        input.has("html")
            ? new Content.Html(input.path("html").asString(""))
            : new Content.Address(input.path("url").asString(""));
    return List.of(new Sheet(layout, "Default", content, options.size().viewport()));
  }
}
