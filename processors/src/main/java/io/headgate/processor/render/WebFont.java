package io.headgate.processor.render;

import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Target;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A font to load before the page is rendered.
 *
 * @param family the name that CSS refers to
 * @param weight 100 to 900
 */
record WebFont(String family, String url, int weight, boolean italic) {

  static WebFont of(JsonNode node) {
    JsonNode url = node.isString() ? node : node.path("url");
    return new WebFont(
        node.path("family").asString(fileName(url.asString(""))),
        url.asString(""),
        node.path("weight").asInt(400),
        node.path("italic").asBoolean(false));
  }

  /** The file name without its extension, for fonts that are given as a URL only. */
  private static String fileName(String url) {
    String path = url.replaceAll("[?#].*", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  Optional<String> violation() {
    if (!family.matches("[\\p{L}\\p{N} _.-]{1,100}")) {
      return Optional.of("must have a family of 1 to 100 letters, digits, spaces, dots and dashes");
    }
    return switch (Target.parse(url)) {
      case Target.Url _ -> Optional.empty();
      case OutboundResult.OutboundFailure failed -> Optional.of(failed.message());
    };
  }
}
