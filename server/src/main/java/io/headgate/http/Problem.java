package io.headgate.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request is refused, modelled on RFC 9457.
 *
 * @param detail one or more sentences for humans, without ids, secrets or internals of the server
 * @param errors the errors in the input, in its order; empty for other problems
 * @param more extension members of the JSON object, by name
 * @param headers headers of the response
 */
public record Problem(
    ProblemCode code,
    String detail,
    List<InputError> errors,
    Map<String, Object> more,
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
  static Problem compressed() {
    return of(
        ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be sent without Content-Encoding.");
  }

  public static Problem invalid(List<InputError> errors) {
    InputError first = errors.getFirst();
    String where = first.field() == null ? "" : first.field() + " ";
    return new Problem(
        ProblemCode.INVALID_REQUEST,
        where + first.message() + (first.message().endsWith("?") ? "" : "."),
        errors,
        Map.of(),
        Map.of());
  }

  public static Problem invalid(InputError error) {
    return invalid(List.of(error));
  }

  public Problem with(String member, Object value) {
    Map<String, Object> members = new LinkedHashMap<>(more);
    members.put(member, value);
    return new Problem(code, detail, errors, members, headers);
  }

  public Problem withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Problem(code, detail, errors, more, all);
  }

  public ProblemException asException() {
    return new ProblemException(this);
  }

  /** Returns the response of the native API to this problem. */
  public Answer answer() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", code.type());
    body.put("title", code.title());
    body.put("status", code.status());
    body.put("detail", detail);
    body.put("code", code.word());
    body.putAll(more);
    body.put("errors", errors);
    Answer answer = Answer.bytes(code.status(), MEDIA_TYPE, Json.write(body));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }
}
