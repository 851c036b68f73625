package io.headgate.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A path with its query parameters. */
final class Query {

  private final String path;
  private final Map<String, String> parameters = new LinkedHashMap<>();

  private Query(String path) {
    this.path = path;
  }

  static Query on(String path) {
    return new Query(path);
  }

  /** Sets a parameter; null omits it. */
  Query with(String name, @Nullable Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
    return this;
  }

  Query with(Map<String, String> others) {
    parameters.putAll(others);
    return this;
  }

  Query with(PageRequest page) {
    return with("limit", page.limit()).with("cursor", page.cursor());
  }

  Query with(BatchFilter filter) {
    filter.metadata().forEach((key, value) -> with("metadata." + key, value));
    return with("state", filter.state())
        .with("processor", filter.processor())
        .with("name", filter.name())
        .with("created_after", filter.createdAfter())
        .with("created_before", filter.createdBefore());
  }

  @Override
  public String toString() {
    if (parameters.isEmpty()) {
      return path;
    }
    return parameters.entrySet().stream()
        .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
        .collect(Collectors.joining("&", path + "?", ""));
  }

  /** Encodes one path segment, so that an id with a slash stays one segment. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
