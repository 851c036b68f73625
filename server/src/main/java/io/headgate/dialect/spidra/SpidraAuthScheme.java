package io.headgate.dialect.spidra;

import io.headgate.access.AuthScheme;
import io.headgate.access.Bearer;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import java.time.InstantSource;
import java.util.Map;

/**
 * Reads the key from {@code x-api-key}, or from {@code Authorization} as newer clients send it. A
 * missing key is refused with 401, a wrong one with 403.
 */
record SpidraAuthScheme(InstantSource clock) implements AuthScheme {

  @Override
  public String secret(Request request) {
    return request
        .header("x-api-key")
        .map(String::strip)
        .filter(key -> !key.isEmpty())
        .or(() -> request.header("Authorization").flatMap(Bearer::token))
        .filter(key -> !key.isEmpty())
        .orElseThrow(
            () -> Problem.of(ProblemCode.UNAUTHORIZED, "API key is missing").asException());
  }

  @Override
  public ProblemException wrongKey() {
    return Problem.of(ProblemCode.FORBIDDEN, "Invalid token or API key").asException();
  }

  @Override
  public Map<String, String> rateHeaders(RateStatus status) {
    // The vendor documents a Unix time here, although one of its clients reads seconds to wait.
    // That client prefers Retry-After, which every 429 has.
    long reset = clock.instant().getEpochSecond() + status.resetSeconds();
    return Map.of(
        "RateLimit-Limit", Long.toString(status.limit()),
        "RateLimit-Remaining", Long.toString(status.remaining()),
        "RateLimit-Reset", Long.toString(reset));
  }
}
