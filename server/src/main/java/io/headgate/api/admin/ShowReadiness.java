package io.headgate.api.admin;

import io.headgate.db.Database;
import io.headgate.db.LoopStatus;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.Request;
import io.headgate.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /readyz}: 200 when this node takes requests and does its work. 503 while it starts or
 * stops, when it has failed, when one of its loops is overdue, and when the database does not
 * answer. Both list the loops.
 */
record ShowReadiness(Database database, InstantSource clock, AdminOperations.Probes probes)
    implements Operation.OpenOperation {

  /** The response when this node is ready. */
  record View(String status, List<LoopView> loops) {}

  /**
   * One loop.
   *
   * @param lastSuccessAt end of the last round that did not fail; null before the first
   * @param overdueAfterSeconds the longest time between two such rounds that is still normal
   */
  record LoopView(
      String name, @Nullable Instant lastSuccessAt, double overdueAfterSeconds, boolean overdue) {

    static LoopView of(LoopStatus loop, Instant now) {
      Duration since = loop.sinceSuccess();
      return new LoopView(
          loop.name(),
          since == null ? null : now.minus(since),
          loop.overdueAfter().toMillis() / 1000.0,
          loop.overdue());
    }
  }

  @Override
  public Route route() {
    return Route.get("/readyz");
  }

  @Override
  public ApiResponse handle(Request request) {
    if (!probes.open().getAsBoolean()) {
      throw unavailable("The server is starting or stopping.").asException();
    }
    List<LoopStatus> loops = probes.loops().get();
    List<LoopView> shown = loops(loops);
    if (probes.failed().getAsBoolean()) {
      throw unavailable("This node has failed and is ending.")
          .withExtension("loops", shown)
          .asException();
    }
    String overdue =
        loops.stream()
            .filter(LoopStatus::overdue)
            .map(LoopStatus::name)
            .collect(Collectors.joining(", "));
    if (!overdue.isEmpty()) {
      throw unavailable("No round has succeeded for too long in: " + overdue + ".")
          .withExtension("loops", shown)
          .asException();
    }
    database.ping();
    return ApiResponse.json(200, new View("ready", shown));
  }

  private static Problem unavailable(String detail) {
    return Problem.of(ProblemCode.UNAVAILABLE, detail).withHeader("Retry-After", "1");
  }

  private List<LoopView> loops(List<LoopStatus> loops) {
    Instant now = clock.instant();
    return loops.stream().map(loop -> LoopView.of(loop, now)).toList();
  }
}
