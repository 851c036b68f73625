package io.headgate.http;

import io.headgate.db.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client hears when an operation ends with an exception. */
final class Mishap {

  private static final Logger log = LoggerFactory.getLogger(Mishap.class);

  private Mishap() {}

  static Problem problem(Throwable e) {
    if (e instanceof ProblemException expected) {
      return expected.problem();
    }
    if (Outage.unreachable(e)) {
      log.warn("the database does not answer: {}", e.toString());
      return Problem.of(
              ProblemCode.UNAVAILABLE,
              "The database does not answer. What was asked has happened wholly or not at all; ask"
                  + " again, with the same Idempotency-Key.")
          .withHeader("Retry-After", "1");
    }
    if (Outage.full(e)) {
      log.error("the disk of the database is full: {}", e.toString());
      return Problem.of(
              ProblemCode.UNAVAILABLE,
              "The database has no room left on its disk. Nothing was stored; try again later.")
          .withHeader("Retry-After", "60");
    }
    if (Outage.unstorable(e)) {
      return Problem.invalid(
          InputError.of(
              new io.headgate.batch.Violation(
                  "", "the request contains text that cannot be stored")));
    }
    log.error("a request failed", e);
    return Problem.of(
        ProblemCode.INTERNAL, "The server failed; its log has the cause under the request id.");
  }
}
