package io.headgate.processor.render;

import io.headgate.batch.Ids;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The version of a template that a batch was submitted with.
 *
 * @param account the account that owns the template
 */
record PinnedTemplate(UUID account, UUID template, int version) {

  /** Reads the option {@code template} of a stored batch; empty when it has none. */
  static Optional<PinnedTemplate> of(JsonNode option) {
    return Ids.parse(option.path("account").asString(""))
        .flatMap(account ->
            Ids.parse(option.path("id").asString(""))
                .map(id -> new PinnedTemplate(account, id, option.path("version").asInt(0))));
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", template.toString())
        .put("version", version)
        .put("account", account.toString());
  }
}
