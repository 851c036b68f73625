package io.headgate.extract;

import org.jsoup.nodes.Document;
import tools.jackson.databind.JsonNode;

/** The input of an extraction. */
public sealed interface Material {

  /** An HTML page. Relative URLs are resolved against its base URI. */
  record Page(Document document) implements Material {}

  /** Plain text, such as that of a document. */
  record Text(String text) implements Material {}

  /** JSON, such as the response of an API. */
  record Data(JsonNode json) implements Material {}
}
