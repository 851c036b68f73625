package io.headgate.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON format of the API: snake_case names and RFC 3339 times. Unknown fields are ignored on
 * reading; null fields are omitted on writing.
 */
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

  static JavaType page(Class<?> elementType) {
    return MAPPER.getTypeFactory().constructParametricType(Page.class, elementType);
  }

  /**
   * Reads a list from a page object or from a bare array, which the server sends for short lists.
   *
   * @throws JacksonException when the body is neither
   */
  static <T> Page<T> readPage(byte[] bytes, JavaType pageType) {
    JsonNode tree = MAPPER.readTree(bytes);
    JsonNode page = tree.isArray() ? MAPPER.createObjectNode().set("data", tree) : tree;
    return MAPPER.convertValue(page, pageType);
  }

  /** Parses a text; null when it is not JSON. */
  static @Nullable JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      return null;
    }
  }
}
