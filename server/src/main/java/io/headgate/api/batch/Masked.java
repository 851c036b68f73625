package io.headgate.api.batch;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Copies options and replaces texts whose member name denotes a secret, such as a password. */
final class Masked {

  private static final String MASK = "***";

  private static final Set<String> SECRETS =
      Set.of(
          "secret",
          "password",
          "token",
          "api_key",
          "apikey",
          "x-api-key",
          "authorization",
          "proxy-authorization",
          "cookie",
          "cookies");

  private Masked() {}

  static JsonNode of(JsonNode options) {
    JsonNode shown = options.deepCopy();
    mask(shown);
    return shown;
  }

  private static void mask(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : Set.copyOf(object.properties())) {
        if (isSecret(member.getKey()) && member.getValue().isString()) {
          object.put(member.getKey(), MASK);
        } else {
          mask(member.getValue());
        }
      }
    } else {
      node.forEach(Masked::mask);
    }
  }

  private static boolean isSecret(String name) {
    return SECRETS.contains(name.toLowerCase(Locale.ROOT));
  }
}
