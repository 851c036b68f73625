package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.db.Tx;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.intake.Intake;
import io.headgate.intake.InvalidLinePolicy;
import io.headgate.intake.ItemSource;
import io.headgate.intake.JsonBody;
import io.headgate.intake.SubmitResult;
import io.headgate.refusal.Refusals;
import io.headgate.view.Batches;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.fileupload.MultipartStream;

/**
 * {@code POST /v1/batches}: submits a batch as one JSON object, as a stream of NDJSON or CSV with
 * the other fields in the query, or as a form of two parts.
 */
record SubmitBatch(Intake intake, SubmitForm.SubmitFormReader formReader, Batches batches)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/v1/batches");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    try {
      return submit(request, caller);
    } catch (MultipartStream.MalformedStreamException e) {
      throw Problem.invalid(
              InputError.field(
                  "items", "must end with the boundary of the form; the body ends before it"))
          .asException();
    } catch (IOException e) {
      // A broken connection throws ClientGone, so this is an error of the local disk.
      throw new java.io.UncheckedIOException(e);
    }
  }

  private ApiResponse submit(Request request, Caller caller) throws IOException {
    String type = request.mediaType().orElse(ApiResponse.JSON);
    requireUtf8(request);
    if (type.equals(ApiResponse.JSON)) {
      return submitJson(request, caller);
    }
    if (type.equals("multipart/form-data")) {
      request.query().requireOnly("on_bad_line");
      MultipartForm form = MultipartForm.open(request);
      BatchOrder order = formReader.read(form.order());
      return store(request, caller, order, form.items(), "");
    }
    if (type.equals(MediaTypes.CSV)) {
      BatchOrder order = formReader.read(QueryForm.read(request.query()));
      return store(request, caller, order, ItemSource.csv(request.stream()), "");
    }
    if (MediaTypes.NDJSON_TYPES.contains(type)) {
      BatchOrder order = formReader.read(QueryForm.read(request.query()));
      return store(request, caller, order, ItemSource.ndjson(request.stream()), "");
    }
    throw unsupported(
        "The body must be application/json, application/x-ndjson, text/csv or"
            + " multipart/form-data.");
  }

  private static void requireUtf8(Request request) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    int charset = type.indexOf("charset=");
    if (charset >= 0 && !type.substring(charset + 8).replace("\"", "").startsWith("utf-8")) {
      throw unsupported("The body must be in UTF-8.");
    }
  }

  private static ProblemException unsupported(String detail) {
    return Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail).asException();
  }

  private ApiResponse submitJson(Request request, Caller caller) throws IOException {
    request.query().requireOnly("on_bad_line");
    return switch (JsonBody.read(request.stream())) {
      case JsonBody.BodyResult.ValidBody(JsonBody body) -> {
        try (body) {
          BatchOrder order = formReader.read(body.fields());
          ItemSource items =
              body.items()
                  .orElseThrow(() -> Problem.invalid(InputError.missing("items")).asException());
          yield store(request, caller, order, items, "/items");
        }
      }
      case JsonBody.BodyResult.MalformedBody(String field, String message) ->
          throw Problem.invalid(InputError.field(field, message)).asException();
      case JsonBody.BodyResult.TooLongBody() ->
          throw Refusals.tooLarge(
              "The body must not be longer than " + JsonBody.MAX_BYTES + " bytes.");
    };
  }

  /**
   * @param pointer JSON Pointer to the array of items; empty for a stream
   */
  private ApiResponse store(
      Request request, Caller caller, BatchOrder order, ItemSource items, String pointer)
      throws IOException {
    InvalidLinePolicy onBadLine =
        request
            .query()
            .oneOf(
                "on_bad_line",
                word -> InvalidLinePolicy.valueOf(word.toUpperCase(Locale.ROOT)),
                "refuse, skip")
            .orElse(InvalidLinePolicy.REFUSE);
    AtomicReference<ApiResponse> accepted = new AtomicReference<>();
    SubmitResult result =
        intake.submit(
            caller,
            order,
            items,
            onBadLine,
            (tx, done) -> {
              ApiResponse answer = accepted(tx, caller, done, onBadLine);
              request.recordResponse(tx, answer);
              accepted.set(answer);
            });
    Refusals.requireSubmitted(result, pointer);
    return accepted.get();
  }

  private ApiResponse accepted(
      Tx tx, Caller caller, SubmitResult.Submitted done, InvalidLinePolicy onBadLine) {
    UUID id = done.id();
    BatchJson batch =
        BatchJson.of(
            batches.find(tx, caller.account(), id).orElseThrow(),
            onBadLine == InvalidLinePolicy.SKIP ? done.rejected() : null);
    return ApiResponse.json(202, batch).withHeader("Location", "/v1/batches/" + id);
  }
}
