package io.headgate.api.house;

import io.headgate.db.Database;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.Request;
import io.headgate.http.Route;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /readyz}: requests are welcome here now.
 *
 * @param open false while the server starts or stops
 */
record ShowReadiness(Database database, BooleanSupplier open) implements Operation.Open {

  @Override
  public Route route() {
    return Route.get("/readyz");
  }

  @Override
  public Answer answer(Request request) {
    if (!open.getAsBoolean()) {
      throw Problem.of(ProblemCode.UNAVAILABLE, "The server is starting or stopping.")
          .withHeader("Retry-After", "1")
          .asException();
    }
    database.ping();
    return Answer.json(200, Map.of("status", "ready"));
  }
}
