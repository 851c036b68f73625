package io.headgate.dialect;

import io.headgate.batch.ViolationKind;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Json;
import io.headgate.http.JsonErrorMapper;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads and writes JSON in the vendors' style: camelCase, unknown fields ignored, any content type
 * accepted. An empty body is not an error here. Depth and length are limited as in {@link Json}.
 */
public final class VendorJson {

  private static final JsonMapper MAPPER =
      Json.mapper()
          .rebuild()
          .propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private VendorJson() {}

  /**
   * Returns the body as a JSON object; empty if the request has no body.
   *
   * @throws io.headgate.http.ProblemException {@code invalid-request} if it is anything else
   */
  public static Optional<JsonNode> body(Request request) {
    byte[] bytes = request.bytes(Json.MAX_BYTES);
    if (new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
      return Optional.empty();
    }
    JsonNode body = read(bytes, JsonNode.class);
    if (!body.isObject()) {
      throw Problem.invalid(
              InputError.ofBody("the body must be a JSON object", ViolationKind.WRONG_TYPE))
          .asException();
    }
    return Optional.of(body);
  }

  /** Returns the body as {@link #body} does, and an empty object if the request has no body. */
  public static JsonNode bodyOrEmptyObject(Request request) {
    return body(request).orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /** Returns the body as a JSON object; empty if it is anything else, even if it is not JSON. */
  public static Optional<JsonNode> lenientBody(Request request) {
    byte[] bytes = request.bytes(Json.MAX_BYTES);
    try {
      return Optional.ofNullable(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * Converts a JSON value to a vendor record. Fields that the record does not have are ignored.
   *
   * @throws io.headgate.http.ProblemException {@code invalid-request} that names the field
   */
  public static <T> T convert(JsonNode value, Class<T> type) {
    try {
      return MAPPER.treeToValue(value, type);
    } catch (JacksonException e) {
      throw Problem.invalid(JsonErrorMapper.toInputErrors(e)).asException();
    }
  }

  private static <T> T read(byte[] bytes, Class<T> type) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (JacksonException e) {
      throw Problem.invalid(JsonErrorMapper.toInputErrors(e)).asException();
    }
  }

  /** Converts a vendor record to a JSON value to store. */
  public static JsonNode toTree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Writes a vendor record as JSON text. */
  public static String toText(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Writes a vendor record as a response. Nulls are written unless the record is annotated
   * otherwise.
   */
  public static ApiResponse answer(int status, Object value) {
    return ApiResponse.bytes(status, ApiResponse.JSON, MAPPER.writeValueAsBytes(value));
  }

  /**
   * Writes a vendor's error record as a response, with the headers of the problem, such as {@code
   * Allow} and {@code Retry-After}.
   */
  public static ApiResponse error(int status, Object value, Problem problem) {
    ApiResponse answer = answer(status, value);
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      answer = answer.withHeader(header.getKey(), header.getValue());
    }
    return answer;
  }
}
