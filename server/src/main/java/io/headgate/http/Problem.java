package io.headgate.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal, as RFC 9457 wants it.
 *
 * @param detail for a human; never holds an id, a secret or anything of the server's inside
 * @param errors what is wrong with the input, in its order
 * @param more further members, by their names on the wire
 * @param headers that go with the answer
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

  /** The one 404: the same bytes for a malformed, an unknown and another account's id. */
  public static Problem notFound() {
    return of(ProblemCode.NOT_FOUND, "Nothing answers to this path for this key.");
  }

  /** The one 415 for a body with Content-Encoding. */
  static Problem compressed() {
    return of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must come without Content-Encoding.");
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

  /** The problem as the native API writes it. */
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
