package io.headgate;

import io.headgate.api.Description;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Generates valid and invalid requests from the OpenAPI description of an API. */
public final class RequestGenerator {

  private static final Set<String> IDS = Set.of("id", "batchId", "jobId", "uuid", "uid");

  private final Description description;
  private final Map<String, List<String>> ids;
  private final Random random;
  private final ValueGenerator values;

  /**
   * @param ids existing ids, by prefix of the path they belong to
   */
  public RequestGenerator(Description description, Map<String, List<String>> ids, Random random) {
    this.description = description;
    this.ids = ids;
    this.random = random;
    this.values = new ValueGenerator(description, random);
  }

  /** One generated request. */
  public record GeneratedRequest(
      String method,
      String path,
      Map<String, String> headers,
      @org.jspecify.annotations.Nullable String body) {

    public String asCurl() {
      StringBuilder line = new StringBuilder("curl -X " + method + " \"$API" + path + "\"");
      headers.forEach((name, value) ->
          line.append(" -H '").append(name).append(": ").append(value).append("'"));
      if (body != null) {
        line.append(" --data-raw '").append(body.replace("'", "'\\''")).append("'");
      }
      return line.toString();
    }
  }

  /** Generates a request to an operation such as {@code GET /v1/batches/{id}}. */
  public GeneratedRequest generate(String operation) {
    String[] parts = operation.split(" ", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    StringBuilder query = new StringBuilder();
    String path = parts[1];
    for (JsonNode parameter : description.parameters(operation)) {
      String name = parameter.path("name").asString();
      String in = parameter.path("in").asString();
      if (in.equals("path")) {
        path = path.replace("{" + name + "}", pathValue(path, parameter));
      } else if (random.nextInt(3) == 0) {
        String value = values.text(parameter.path("schema"));
        if (in.equals("header")) {
          headers.put(name, value.replaceAll("[^\\x20-\\x7e]", "?").strip());
        } else {
          String fullName = name.equals("metadata") ? "metadata.team" : name;
          query.append('&').append(fullName).append('=').append(encoded(value));
        }
      }
    }
    if (random.nextInt(20) == 0) {
      query.append('&').append(encoded(values.anyText())).append('=').append("1");
    }
    String body = null;
    JsonNode content = description.operation(operation).path("requestBody").path("content");
    if (content.isObject() || random.nextInt(20) == 0) {
      body = body(content, headers);
    }
    String pathWithQuery = query.isEmpty() ? path : path + "?" + query.substring(1);
    return new GeneratedRequest(parts[0], pathWithQuery, headers, body);
  }

  private String pathValue(String path, JsonNode parameter) {
    List<String> known =
        ids.entrySet().stream()
            .filter(entry -> path.startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findAny()
            .orElse(List.of());
    boolean id = IDS.contains(parameter.path("name").asString());
    if (id && !known.isEmpty() && random.nextInt(4) > 0) {
      return known.get(random.nextInt(known.size()));
    }
    String generated = encoded(values.text(parameter.path("schema")));
    return generated.isEmpty() || generated.equals(".") || generated.equals("..") ? "-" : generated;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String body(JsonNode content, Map<String, String> headers) {
    List<String> types = new ArrayList<>(content.propertyNames());
    String type =
        types.isEmpty() || random.nextInt(15) == 0
            ? "text/plain"
            : types.get(random.nextInt(types.size()));
    headers.put("Content-Type", type);
    JsonNode schema = content.path(type).path("schema");
    return switch (type) {
      case "application/json" -> values.json(schema);
      case "application/x-ndjson" ->
          values.json(schema) + "\n" + values.json(schema) + (random.nextBoolean() ? "\n" : "");
      case "text/csv" -> "ref,url\n" + values.anyText() + "," + values.anyText() + "\n";
      case "multipart/form-data" -> form(schema, headers);
      default -> values.anyText();
    };
  }

  private String form(JsonNode schema, Map<String, String> headers) {
    headers.put("Content-Type", "multipart/form-data; boundary=zz");
    StringBuilder body = new StringBuilder();
    for (String part : schema.path("properties").propertyNames()) {
      body.append("--zz\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n".formatted(part));
      body.append(values.json(schema.path("properties").path(part))).append("\r\n");
    }
    return random.nextInt(4) == 0 ? body.toString() : body + "--zz--\r\n";
  }
}
