package io.headgate.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request is refused, modelled on RFC 9457.
 *
 * @param detail one or more sentences for humans, without ids, secrets or internals of the server
 * @param errors the errors in the input, in its order; empty for other problems
 * @param extensions extension members of the JSON object, by name
 * @param headers headers of the response
 */
public record Problem(
    ProblemCode code,
    String detail,
    List<InputError> errors,
    Map<String, Object> extensions,
    Map<String, String> headers) {

  private static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, List.of(), Map.of(), Map.of());
  }

  /**
   * The response to a malformed id, an unknown id and an id of another account. All three are the
   * same bytes, so that they reveal nothing about other accounts.
   */
  public static Problem notFound() {
    return of(ProblemCode.NOT_FOUND, "There is no such resource, or this key has no access to it.");
  }

  /** The problem of a compressed body. */
  static Problem contentEncodingRefused() {
    return of(
        ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be sent without Content-Encoding.");
  }

  public static Problem invalid(List<InputError> errors) {
    InputError first = errors.getFirst();
    String prefix = first.field() == null ? "" : first.field() + " ";
    return new Problem(
        ProblemCode.INVALID_REQUEST,
        prefix + first.message() + (first.message().endsWith("?") ? "" : "."),
        errors,
        Map.of(),
        Map.of());
  }

  public static Problem invalid(InputError error) {
    return invalid(List.of(error));
  }

  public Problem withExtension(String member, Object value) {
    Map<String, Object> merged = new LinkedHashMap<>(extensions);
    merged.put(member, value);
    return new Problem(code, detail, errors, merged, headers);
  }

  public Problem withHeader(String name, String value) {
    Map<String, String> merged = new LinkedHashMap<>(headers);
    merged.put(name, value);
    return new Problem(code, detail, errors, extensions, merged);
  }

  public ProblemException asException() {
    return new ProblemException(this);
  }

  /** Returns the response of the native API to this problem. */
  public ApiResponse toResponse() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", code.type());
    body.put("title", code.title());
    body.put("status", code.status());
    body.put("detail", detail);
    body.put("code", code.wireName());
    body.putAll(extensions);
    body.put("errors", errors);
    ApiResponse response = ApiResponse.bytes(code.status(), MEDIA_TYPE, Json.write(body));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.withHeader(header.getKey(), header.getValue());
    }
    return response;
  }
}
