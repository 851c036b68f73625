package io.headgate.api.admin;

import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** {@code GET /openapi.yaml}: returns the OpenAPI description of the native API. */
record ShowOpenApi() implements Operation.OpenOperation {

  private static final String DESCRIPTION = read();

  private static String read() {
    try (InputStream in = ShowOpenApi.class.getResourceAsStream("/openapi.yaml")) {
      return new String(
          Objects.requireNonNull(in, "openapi.yaml").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Route route() {
    return Route.get("/openapi.yaml");
  }

  @Override
  public ApiResponse handle(Request request) {
    return ApiResponse.text(200, "application/yaml", DESCRIPTION);
  }
}
