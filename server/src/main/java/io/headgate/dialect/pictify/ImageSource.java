package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.ViolationKind;
import io.headgate.http.InvalidInputException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The source of a single image: exactly one of the three. */
record ImageSource(@Nullable String html, @Nullable String url, @Nullable String template) {

  ImageSource {
    long given =
        Stream.of(html == null, url == null, template == null).filter(missing -> !missing).count();
    if (given != 1) {
      throw new InvalidInputException(
          "html",
          "is required, or url or template instead; only one of them",
          given == 0 ? ViolationKind.MISSING : ViolationKind.MALFORMED);
    }
  }

  /** Returns the input of the item. Puts a template into {@code options}. */
  ObjectNode input(JsonNode body, ObjectNode options, PictifyTemplates templates, Caller caller) {
    if (template != null) {
      options.put("template", templates.require(caller, template).uid());
      return RenderVariables.input(body);
    }
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    return html == null ? input.put("url", url) : input.put("html", html);
  }
}
