package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.dialect.NativeDoor;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.InputError;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.UUID;

/** {@code POST /api/batch/scrape}: a new batch of 1 to 50 URLs. */
record SubmitBatch(NativeDoor door) implements Operation.Keyed {

  record Queued(String status, UUID batchId, int total) {}

  @Override
  public Route route() {
    return Route.post("/api/batch/scrape");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    BatchForm form =
        VendorJson.body(request)
            .filter(body -> body.has("urls"))
            .map(body -> VendorJson.as(body, BatchForm.class))
            .orElseThrow(
                () -> Problem.invalid(InputError.field("urls", "is required")).asException());
    return door.submit(
        request,
        caller,
        form.order(),
        form.items(),
        done ->
            VendorJson.answer(202, new Queued("queued", done.id(), done.total()))
                .with("Location", "/api/batch/scrape/" + done.id()));
  }
}
