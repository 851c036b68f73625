package io.headgate.access;

import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import java.util.Map;
import java.util.Optional;

/** The authentication of the native API: {@code Authorization: Bearer} or {@code x-api-key}. */
final class NativeAuthScheme implements AuthScheme {

  @Override
  public String secret(Request request) {
    Optional<String> authorization = request.header("Authorization");
    if (authorization.isPresent()) {
      return Bearer.token(authorization.get())
          .orElseThrow(() -> unauthorized("The Authorization header must be: Bearer hg_…."));
    }
    return request
        .header("x-api-key")
        .map(String::strip)
        .orElseThrow(() -> unauthorized("Send a key as Authorization: Bearer hg_…."));
  }

  @Override
  public ProblemException wrongKey() {
    return unauthorized("The key is unknown, expired or revoked.");
  }

  private static ProblemException unauthorized(String detail) {
    return Problem.of(ProblemCode.UNAUTHORIZED, detail)
        .withHeader("WWW-Authenticate", "Bearer")
        .asException();
  }

  @Override
  public Map<String, String> rateHeaders(RateStatus status) {
    return Map.of(
        "RateLimit-Policy", "\"key\";q=" + status.limit() + ";w=60",
        "RateLimit", "\"key\";r=" + status.remaining() + ";t=" + status.resetSeconds());
  }
}
