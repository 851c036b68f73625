package io.headgate.api.batch;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Copies options and replaces texts whose member name denotes a secret, such as a password. */
final class SecretMask {

  private static final String MASK = "***";

  private static final Set<String> SECRET_NAMES =
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

  private SecretMask() {}

  static JsonNode of(JsonNode options) {
    JsonNode copy = options.deepCopy();
    mask(copy);
    return copy;
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
      node.forEach(SecretMask::mask);
    }
  }

  private static boolean isSecret(String name) {
    return SECRET_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
