package io.headgate.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The wire format: snake_case, RFC 3339 times, unknown fields tolerated, null left out. */
final class Json {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  static JavaType type(Class<?> type) {
    return MAPPER.constructType(type);
  }

  static JavaType page(Class<?> of) {
    return MAPPER.getTypeFactory().constructParametricType(Page.class, of);
  }

  /**
   * Reads a list, whether it comes as a page or, as the short lists do, as a bare array.
   *
   * @throws JacksonException when it is neither
   */
  static <T> Page<T> readPage(byte[] bytes, JavaType pageType) {
    JsonNode tree = MAPPER.readTree(bytes);
    JsonNode page = tree.isArray() ? MAPPER.createObjectNode().set("data", tree) : tree;
    return MAPPER.convertValue(page, pageType);
  }

  /** The tree of some text; null when it is no JSON. */
  static @Nullable JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      return null;
    }
  }
}
