package io.headgate.extract;

import org.jsoup.nodes.Document;
import tools.jackson.databind.JsonNode;

/** The input of an extraction. */
public sealed interface ExtractionSource {

  /** An HTML page. Relative URLs are resolved against its base URI. */
  record HtmlSource(Document document) implements ExtractionSource {}

  /** Plain text, such as that of a document. */
  record TextSource(String text) implements ExtractionSource {}

  /** JSON, such as the response of an API. */
  record JsonSource(JsonNode json) implements ExtractionSource {}
}
