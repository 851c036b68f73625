package io.headgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headgate.http.TestClient.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Checks responses against the OpenAPI description of an API. It is stricter than the description:
 * a member that is not described is an error, so that no field is added without being documented.
 */
public final class Description {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode description;
  private final String pathPrefix;

  private Description(JsonNode description, String pathPrefix) {
    this.description = description;
    this.pathPrefix = pathPrefix;
  }

  /**
   * @param yaml an OpenAPI 3.1 document
   * @param pathPrefix prefix of paths that must all be described
   */
  public static Description of(InputStream yaml, String pathPrefix) {
    JsonNode description = YAMLMapper.builder().build().readTree(yaml);
    forbidUndescribedMembers(description.path("paths"));
    forbidUndescribedMembers(description.path("components"));
    return new Description(description, pathPrefix);
  }

  /** Reads the description of a dialect, {@code docs/dialects/<name>.openapi.yaml}. */
  public static Description ofDialect(String name, String pathPrefix) {
    Path file = Path.of("../docs/dialects/" + name + ".openapi.yaml");
    try (InputStream in = Files.newInputStream(file)) {
      return of(in, pathPrefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forbidUndescribedMembers(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Description::forbidUndescribedMembers);
  }

  /** Returns every described operation, in the form {@code GET /v1/batches/{id}}. */
  public Set<String> operations() {
    Set<String> found = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        if (METHODS.contains(method)) {
          found.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return found;
  }

  /** Returns the described operations that require a key. */
  public List<String> keyedOperations() {
    return operations().stream().filter(name -> keyed(operation(name).path("security"))).toList();
  }

  private static boolean keyed(JsonNode security) {
    return security.isMissingNode()
        || (!security.isEmpty() && security.valueStream().noneMatch(JsonNode::isEmpty));
  }

  /** Returns the description of an operation, named as in {@link #operations}. */
  public JsonNode operation(String name) {
    String[] parts = name.split(" ", 2);
    return description.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
  }

  /** Returns all parameters of an operation, including those of its path. */
  public List<JsonNode> parameters(String name) {
    JsonNode path = description.path("paths").path(name.split(" ", 2)[1]);
    return Stream.concat(
            path.path("parameters").valueStream(), operation(name).path("parameters").valueStream())
        .map(this::resolved)
        .toList();
  }

  /** Returns the node itself, or the node that its {@code $ref} refers to. */
  public JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? description.at(node.path("$ref").asString().substring(1)) : node;
  }

  List<String> problemCodes() {
    return description
        .at("/components/schemas/ProblemCode/enum")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  JsonNode schema(String name) {
    return description.at("/components/schemas/" + name);
  }

  /** Fails unless the description allows this response at its path. */
  public void check(HttpReply reply) {
    String path = reply.raw().uri().getPath();
    String method = reply.raw().request().method().toLowerCase(Locale.ROOT);
    Optional<JsonNode> described = find(path);
    if (described.isEmpty()) {
      assertThat(reply.status() == 404 || !path.startsWith(pathPrefix)).as(path).isTrue();
      return;
    }
    String where = method + " " + path + " " + reply.status();
    JsonNode responses = described.get().path(method).path("responses");
    JsonNode response =
        responses.isMissingNode() && reply.status() == 405
            ? resolved(description.at("/components/responses/Problem"))
            : response(responses, reply.status());
    assertThat(response.isObject()).as(where + " is not described").isTrue();
    checkBody(where, response.path("content"), reply);
  }

  private Optional<JsonNode> find(String path) {
    String requestPath =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    @Nullable JsonNode templated = null;
    for (Map.Entry<String, JsonNode> entry : description.path("paths").properties()) {
      if (entry.getKey().equals(requestPath)) {
        return Optional.of(entry.getValue());
      }
      String pattern = Pattern.quote(entry.getKey()).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q");
      if (requestPath.matches(pattern)) {
        templated = entry.getValue();
      }
    }
    return Optional.ofNullable(templated);
  }

  private JsonNode response(JsonNode responses, int status) {
    JsonNode exact = responses.path(Integer.toString(status));
    boolean success = status < 400;
    JsonNode found = exact.isMissingNode() && !success ? responses.path("default") : exact;
    return found.has("$ref") ? description.at(found.path("$ref").asString().substring(1)) : found;
  }

  private void checkBody(String where, JsonNode content, HttpReply reply) {
    String mediaType = reply.header("Content-Type").replaceAll(";.*", "");
    if (content.isMissingNode()) {
      assertThat(reply.text()).as(where).isEmpty();
      return;
    }
    if (content.has("*/*")) {
      return;
    }
    assertThat(content.propertyNames()).as(where).contains(mediaType);
    JsonNode schema = content.path(mediaType).path("schema");
    if (mediaType.endsWith("ndjson")) {
      reply.text().lines().forEach(line -> checkJson(where, schema, line));
    } else if (mediaType.endsWith("json")) {
      checkJson(where, schema, reply.text());
    }
  }

  void checkJson(String where, JsonNode schema, String json) {
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", description.path("components"));
    List<Error> errors =
        SCHEMAS.getSchema(whole).validate(json, com.networknt.schema.InputFormat.JSON);
    assertThat(errors).as(where + " " + json).isEmpty();
  }
}
