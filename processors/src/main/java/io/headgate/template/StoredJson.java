package io.headgate.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Converts layouts and variables to and from the JSON columns of the table. */
final class StoredJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enumNamingStrategy(EnumNamingStrategies.LOWER_CASE)
          .build();

  private StoredJson() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static Map<String, TemplateLayout> layouts(String json) {
    return Collections.unmodifiableMap(
        MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, TemplateLayout>>() {}));
  }

  static List<Variable> variables(String json) {
    return List.copyOf(MAPPER.readValue(json, new TypeReference<List<Variable>>() {}));
  }
}
