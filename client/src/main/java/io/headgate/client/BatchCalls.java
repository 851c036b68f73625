package io.headgate.client;

import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls of {@link HeadgateClient} about batches: submit, read, control and cancel. */
abstract sealed class BatchCalls permits HeadgateClient {

  private static final String BATCHES = "/v1/batches";

  private final Transport transport;

  BatchCalls(Transport transport) {
    this.transport = transport;
  }

  /** Submits a batch with the items it contains. */
  public Response<Batch> submit(NewBatch batch) {
    return transport.post(
        Query.on(BATCHES),
        BodyPublishers.ofString(batch.json()),
        "application/json",
        Json.type(Batch.class));
  }

  /**
   * Submits a batch and streams its items. The stream may be of any length: it is read once, in
   * constant memory, and closed.
   *
   * @param onBadLine {@code skip} to store the valid lines and report the others; null to store
   *     nothing when a line is invalid
   */
  public Response<Batch> submit(
      NewBatch batch, ItemFormat format, InputStream items, @Nullable String onBadLine) {
    Query url = Query.on(BATCHES).with("on_bad_line", onBadLine);
    if (batch.fitsQuery()) {
      return transport.postStream(
          url.with(batch.query()),
          BodyPublishers.ofInputStream(() -> items),
          format.mediaType(),
          Json.type(Batch.class));
    }
    Multipart form = new Multipart();
    return transport.postStream(
        url, form.body(batch, format, items), form.mediaType(), Json.type(Batch.class));
  }

  /** Submits a batch and streams its items; stores nothing when a line is invalid. */
  public Response<Batch> submit(NewBatch batch, ItemFormat format, InputStream items) {
    return submit(batch, format, items, null);
  }

  /** Lists batches, newest first. */
  public Response<Page<Batch>> batches(BatchFilter filter, PageRequest page) {
    return transport.getPage(Query.on(BATCHES).with(filter).with(page), Batch.class);
  }

  /** Returns the current state of a batch. */
  public Response<Batch> batch(String id) {
    return transport.get(batchUrl(id, ""), Json.type(Batch.class));
  }

  /** Lists items of a batch, ordered by ordinal. */
  public Response<Page<Item>> items(String id, ItemFilter filter, PageRequest page) {
    Query url =
        batchUrl(id, "/items")
            .with("state", filter.state())
            .with("ref", filter.ref())
            .with("error", filter.error());
    return transport.getPage(url.with(page), Item.class);
  }

  /** Returns one item with its attempts. */
  public Response<Item> item(String id, long ordinal) {
    return transport.get(batchUrl(id, "/items/" + ordinal), Json.type(Item.class));
  }

  /**
   * Streams settled items lazily, in the order in which they settled. When the connection breaks,
   * the stream reconnects and resumes. The caller closes the stream.
   *
   * @throws UnreachableException from the stream, when reconnecting fails
   */
  public Stream<Result> results(String id, ResultQuery query) {
    ResultStreamFormat format =
        new ResultStreamFormat(transport, batchUrl(id, "/results").toString(), query);
    return stream(format, query.after());
  }

  /** Returns settled items as CSV. The caller closes the stream. */
  public InputStream resultsAsCsv(String id, ResultQuery query) {
    Query url = ResultStreamFormat.parameters(batchUrl(id, "/results"), query);
    return transport.open(url, "text/csv", List.of());
  }

  /**
   * Streams the events of a batch until it ends. When the connection breaks, the stream reconnects
   * and resumes. The caller closes the stream.
   *
   * @param lastEventId the event to resume after; null to start now
   * @throws UnreachableException from the stream, when reconnecting fails
   */
  public Stream<Event> events(String id, @Nullable String lastEventId) {
    EventStreamFormat format = new EventStreamFormat(transport, batchUrl(id, "/events").toString());
    return stream(format, lastEventId);
  }

  /** Starts no further items of the batch until {@link #resume}. Idempotent. */
  public Response<Batch> pause(String id) {
    return transport.post(batchUrl(id, "/pause"), null, Json.type(Batch.class));
  }

  /** Lets a paused batch start items again. Idempotent. */
  public Response<Batch> resume(String id) {
    return transport.post(batchUrl(id, "/resume"), null, Json.type(Batch.class));
  }

  /** Makes the failed items of a batch pending again, in the same batch. */
  public Response<RetryResult> retry(String id) {
    return transport.post(batchUrl(id, "/retry"), null, Json.type(RetryResult.class));
  }

  /**
   * Creates a new batch from the cancelled items of a batch.
   *
   * @param includeFailed true to include the failed items
   */
  public Response<Batch> resubmit(String id, boolean includeFailed) {
    Query url = batchUrl(id, "/resubmit").with("include", includeFailed ? "failed" : null);
    return transport.post(url, null, Json.type(Batch.class));
  }

  /**
   * Cancels a batch. No item of the batch starts after the time in the receipt. A repeated cancel
   * returns the same bytes.
   */
  public Response<Receipt> cancel(String id, CancelRequest request) {
    return transport.post(batchUrl(id, "/cancel"), request, Json.type(Receipt.class));
  }

  /** Returns what a cancel would do now and changes nothing. */
  public Response<CancelPreview> previewCancel(String id) {
    Query url = batchUrl(id, "/cancel").with("preview", true);
    return transport.post(url, null, Json.type(CancelPreview.class));
  }

  /** Returns the receipt of a cancelled batch. */
  public Response<Receipt> receipt(String id) {
    return transport.get(batchUrl(id, "/receipt"), Json.type(Receipt.class));
  }

  /** Returns the results of the items that were running when the batch was cancelled. */
  public Response<Settlement> settlement(String id) {
    return transport.get(batchUrl(id, "/settlement"), Json.type(Settlement.class));
  }

  /** Cancels single items. Such a cancel sets no fence and has no receipt. */
  public Response<ItemsCancelResult> cancelItems(String id, ItemsCancelRequest request) {
    return transport.post(
        batchUrl(id, "/items/cancel"), request, Json.type(ItemsCancelResult.class));
  }

  /**
   * Cancels every batch that matches the filter and was created before this call. The server
   * continues in the background; {@link #operation} returns the progress.
   */
  public Response<OperationHandle> cancelAll(BatchFilter filter, CancelRequest request) {
    return transport.post(
        Query.on(BATCHES + "/cancel"),
        new BulkCancel(filter, request.mode(), request.graceSeconds(), request.reason()),
        Json.type(OperationHandle.class));
  }

  /** Returns the progress of a cancel by filter. */
  public Response<Operation> operation(String id) {
    return transport.get(
        Query.on("/v1/operations/" + Query.encode(id)), Json.type(Operation.class));
  }

  /** Audits one batch. */
  public Response<Audit> audit(String id) {
    return transport.get(batchUrl(id, "/audit"), Json.type(Audit.class));
  }

  private <T> Stream<T> stream(ResumableStream.StreamFormat<T> format, @Nullable String after) {
    return new ResumableStream<>(format, transport.base(), ResumableStream.FIRST_WAIT, after)
        .stream();
  }

  private static Query batchUrl(String id, String suffix) {
    return Query.on(BATCHES + "/" + Query.encode(id) + suffix);
  }

  private record BulkCancel(
      BatchFilter filter,
      @Nullable CancelMode mode,
      @Nullable BigDecimal graceSeconds,
      @Nullable String reason) {}
}
