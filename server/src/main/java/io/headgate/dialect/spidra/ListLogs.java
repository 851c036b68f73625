package io.headgate.dialect.spidra;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.dialect.NativeDoor;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.BatchView;
import io.headgate.view.Batches;
import java.util.List;
import java.util.Set;

/** {@code GET /api/scrape-logs}: the single scrapes that have ended, newest first. */
record ListLogs(NativeDoor door) implements Operation.Keyed {

  static final Set<BatchState> ENDED =
      Set.of(BatchState.COMPLETED, BatchState.PARTIAL, BatchState.FAILED, BatchState.CANCELLED);

  private static final Set<BatchState> SUCCEEDED = Set.of(BatchState.COMPLETED, BatchState.PARTIAL);
  private static final Set<BatchState> FAILED = Set.of(BatchState.FAILED, BatchState.CANCELLED);

  record Listed(String status, Data data) {}

  record Data(List<Log> logs, long total) {}

  @Override
  public Route route() {
    return Route.get("/api/scrape-logs");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    request.ignoreBody();
    Paging paging = Paging.of(request);
    Batches.Numbered page = door.page(caller, states(request), paging.page(), paging.limit());
    List<Log> logs =
        page.batches().stream()
            .map(job -> Log.of(job, result(request, job, caller), null))
            .toList();
    return VendorJson.answer(200, new Listed("ok", new Data(logs, page.total())));
  }

  private JobResult result(Request request, BatchView job, Caller caller) {
    return JobResult.of(job, door.items(caller, job.id()), new Screenshots(door, request, job));
  }

  /** A status that is none asks for all, as other filters do that are not served. */
  private static Set<BatchState> states(Request request) {
    return switch (request.query().text("status").orElse("")) {
      case "success" -> SUCCEEDED;
      case "failed" -> FAILED;
      default -> ENDED;
    };
  }
}
