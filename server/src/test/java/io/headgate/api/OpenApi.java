package io.headgate.api;

import io.headgate.http.Operation;
import io.headgate.http.TestClient.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The OpenAPI description of the native API. */
public final class OpenApi {

  public static final Description NATIVE = read();

  private OpenApi() {}

  private static Description read() {
    try (InputStream in = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
      return Description.of(Objects.requireNonNull(in, "openapi.yaml"), "/v1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Set<String> operations() {
    return NATIVE.operations();
  }

  public static List<String> keyedOperations() {
    return NATIVE.keyedOperations();
  }

  public static JsonNode operation(String name) {
    return NATIVE.operation(name);
  }

  /** Returns the name of an operation of the server as in {@link #operations}. */
  public static String name(Operation operation) {
    return operation.route().method() + " " + operation.route().path();
  }

  public static List<String> problemCodes() {
    return NATIVE.problemCodes();
  }

  public static JsonNode schema(String name) {
    return NATIVE.schema(name);
  }

  /** Fails unless the description allows this response at its path. */
  public static void check(HttpReply reply) {
    NATIVE.check(reply);
  }

  public static void checkJson(String where, JsonNode schema, String json) {
    NATIVE.checkJson(where, schema, json);
  }
}
