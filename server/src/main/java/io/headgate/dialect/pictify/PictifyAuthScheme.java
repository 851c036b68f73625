package io.headgate.dialect.pictify;

import io.headgate.access.AuthScheme;
import io.headgate.access.Bearer;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import java.time.InstantSource;
import java.util.Map;

/** Reads the key from {@code Authorization: Bearer}. A missing or wrong key is refused with 401. */
record PictifyAuthScheme(InstantSource clock) implements AuthScheme {

  @Override
  public String secret(Request request) {
    return request
        .header("Authorization")
        .flatMap(Bearer::token)
        .orElseThrow(PictifyErrors::missingKey);
  }

  @Override
  public ProblemException wrongKey() {
    return PictifyErrors.wrongKey();
  }

  @Override
  public Map<String, String> rateHeaders(RateStatus status) {
    long reset = clock.instant().getEpochSecond() + status.resetSeconds();
    return Map.of(
        "X-RateLimit-Limit", Long.toString(status.limit()),
        "X-RateLimit-Remaining", Long.toString(status.remaining()),
        "X-RateLimit-Reset", Long.toString(reset));
  }
}
