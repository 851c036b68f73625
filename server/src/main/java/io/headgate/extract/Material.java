package io.headgate.extract;

import org.jsoup.nodes.Document;
import tools.jackson.databind.JsonNode;

/** What is read. */
public sealed interface Material {

  /** A page; its base address is what relative addresses stand on. */
  record Page(Document document) implements Material {}

  /** Text without marks, such as that of a document. */
  record Text(String text) implements Material {}

  /** JSON, such as the answer of an API. */
  record Data(JsonNode json) implements Material {}
}
