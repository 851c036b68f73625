package io.headgate.http;

import io.headgate.db.DatabaseErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps exceptions of operations to problems, and logs those that are not expected. */
final class ExceptionMapper {

  private static final Logger log = LoggerFactory.getLogger(ExceptionMapper.class);

  private ExceptionMapper() {}

  static Problem toProblem(Throwable e) {
    if (e instanceof ProblemException expected) {
      return expected.problem();
    }
    if (DatabaseErrors.isUnreachable(e)) {
      log.warn("The database does not respond: {}", e.toString());
      return Problem.of(
              ProblemCode.UNAVAILABLE,
              "The database does not respond. The request took effect completely or not at all; repeat"
                  + " it with the same Idempotency-Key.")
          .withHeader("Retry-After", "1");
    }
    if (DatabaseErrors.isDiskFull(e)) {
      log.error("The disk of the database is full: {}", e.toString());
      return Problem.of(
              ProblemCode.UNAVAILABLE,
              "The disk of the database is full. Nothing was stored; try again later.")
          .withHeader("Retry-After", "60");
    }
    if (DatabaseErrors.isUnstorableText(e)) {
      return Problem.invalid(
          InputError.of(
              new io.headgate.batch.Violation(
                  "", "the request contains text that cannot be stored")));
    }
    log.error("A request failed.", e);
    return Problem.of(
        ProblemCode.INTERNAL,
        "The server failed. Its log contains the cause under the request id.");
  }
}
