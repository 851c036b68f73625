package io.headgate.client;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Headgate's native API, one method per call.
 *
 * <p>Every method throws {@link HeadgateException} when the server refuses and {@link
 * UnreachableException} when there is no answer. Safe for use by many threads.
 */
public final class HeadgateClient implements AutoCloseable {

  private static final String BATCHES = "/v1/batches";
  private static final String TEMPLATES = "/v1/templates";

  private final Transport transport;

  private HeadgateClient(Transport transport) {
    this.transport = transport;
  }

  /**
   * @param url of the server, such as {@code http://127.0.0.1:8080}
   * @param key the API key; null to send none
   */
  public static HeadgateClient at(URI url, @Nullable String key) {
    return new HeadgateClient(Transport.to(url, key));
  }

  /**
   * The same client whose POSTs carry this key: a repeat of the same call within 24 hours gets the
   * first answer again instead of a second effect.
   */
  public HeadgateClient withIdempotencyKey(String key) {
    return new HeadgateClient(transport.withIdempotencyKey(key));
  }

  // Batches

  public Answer<Batch> submit(NewBatch batch) {
    return transport.post(
        Query.on(BATCHES),
        BodyPublishers.ofString(batch.json()),
        "application/json",
        Json.type(Batch.class));
  }

  /**
   * Submits a batch whose items are read from a stream of any length in constant memory. The stream
   * is read once and closed.
   *
   * @param onBadLine {@code skip} to store the good lines; null to store nothing when one is bad
   */
  public Answer<Batch> submit(
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

  public Answer<Batch> submit(NewBatch batch, ItemFormat format, InputStream items) {
    return submit(batch, format, items, null);
  }

  /** Newest first. */
  public Answer<Page<Batch>> batches(BatchFilter filter, PageRequest page) {
    return transport.getPage(Query.on(BATCHES).with(filter).with(page), Batch.class);
  }

  public Answer<Batch> batch(String id) {
    return transport.get(of(id, ""), Json.type(Batch.class));
  }

  /** By ordinal. */
  public Answer<Page<Item>> items(String id, ItemFilter filter, PageRequest page) {
    Query url =
        of(id, "/items")
            .with("state", filter.state())
            .with("ref", filter.ref())
            .with("error", filter.error());
    return transport.getPage(url.with(page), Item.class);
  }

  public Answer<Item> item(String id, long ordinal) {
    return transport.get(of(id, "/items/" + ordinal), Json.type(Item.class));
  }

  /**
   * Settled items in settle order, lazily. A broken connection is opened again where it broke.
   * Close the stream.
   */
  public Stream<Result> results(String id, ResultQuery query) {
    ResultLines shape = new ResultLines(transport, of(id, "/results").toString(), query);
    return stream(shape, query.after());
  }

  /** Settled items as the CSV the server writes. Close the stream. */
  public InputStream resultsAsCsv(String id, ResultQuery query) {
    Query url = ResultLines.parameters(of(id, "/results"), query);
    return transport.open(url, "text/csv", List.of());
  }

  /**
   * What happens to a batch, as it happens, up to its end. A broken connection is opened again
   * where it broke. Close the stream.
   *
   * @param lastEventId go on after this event; null for from now
   */
  public Stream<Event> events(String id, @Nullable String lastEventId) {
    EventLines shape = new EventLines(transport, of(id, "/events").toString());
    return stream(shape, lastEventId);
  }

  /** Starts no more items until {@link #resume}; repeating it changes nothing. */
  public Answer<Batch> pause(String id) {
    return transport.post(of(id, "/pause"), null, Json.type(Batch.class));
  }

  public Answer<Batch> resume(String id) {
    return transport.post(of(id, "/resume"), null, Json.type(Batch.class));
  }

  /** Lets the failed items run again, in place. */
  public Answer<Retried> retry(String id) {
    return transport.post(of(id, "/retry"), null, Json.type(Retried.class));
  }

  /** Makes a new batch of the cancelled items, on request of the failed ones too. */
  public Answer<Batch> resubmit(String id, boolean includeFailed) {
    Query url = of(id, "/resubmit").with("include", includeFailed ? "failed" : null);
    return transport.post(url, null, Json.type(Batch.class));
  }

  // Cancel

  /**
   * Cancels. From the moment in the receipt on, no item of the batch starts. A repeat answers the
   * same bytes.
   */
  public Answer<Receipt> cancel(String id, CancelRequest request) {
    return transport.post(of(id, "/cancel"), request, Json.type(Receipt.class));
  }

  /** What a cancel would do now; changes nothing. */
  public Answer<CancelPreview> previewCancel(String id) {
    Query url = of(id, "/cancel").with("preview", true);
    return transport.post(url, null, Json.type(CancelPreview.class));
  }

  public Answer<Receipt> receipt(String id) {
    return transport.get(of(id, "/receipt"), Json.type(Receipt.class));
  }

  public Answer<Settlement> settlement(String id) {
    return transport.get(of(id, "/settlement"), Json.type(Settlement.class));
  }

  /** Cancels single items: no fence, no receipt. */
  public Answer<ItemsCancelled> cancelItems(String id, ItemsCancelRequest request) {
    return transport.post(of(id, "/items/cancel"), request, Json.type(ItemsCancelled.class));
  }

  /** Cancels every batch that fits the filter and was created before this call. */
  public Answer<OperationStarted> cancelAll(BatchFilter filter, CancelRequest request) {
    return transport.post(
        Query.on(BATCHES + "/cancel"),
        new BulkCancel(filter, request.mode(), request.graceSeconds(), request.reason()),
        Json.type(OperationStarted.class));
  }

  public Answer<Operation> operation(String id) {
    return transport.get(
        Query.on("/v1/operations/" + Query.encode(id)), Json.type(Operation.class));
  }

  // Templates

  /** Newest first, without their HTML. */
  public Answer<Page<Template>> templates(PageRequest page) {
    return transport.getPage(Query.on(TEMPLATES).with(page), Template.class);
  }

  /**
   * @param id the id or the uid; so in the methods below
   */
  public Answer<Template> template(String id) {
    return transport.get(ofTemplate(id, ""), Json.type(Template.class));
  }

  public Answer<Template> createTemplate(NewTemplate template) {
    return transport.post(Query.on(TEMPLATES), template, Json.type(Template.class));
  }

  /** Makes it what is given; a new version where anything differs that a render looks at. */
  public Answer<Template> replaceTemplate(String id, NewTemplate template) {
    return transport.put(ofTemplate(id, ""), template, Json.type(Template.class));
  }

  /** Batches that were submitted with it still render. */
  public void deleteTemplate(String id) {
    transport.delete(ofTemplate(id, ""));
  }

  public Answer<Page<TemplateVersion>> templateVersions(String id, PageRequest page) {
    return transport.getPage(ofTemplate(id, "/versions").with(page), TemplateVersion.class);
  }

  public Answer<TemplateVariables> templateVariables(String id) {
    return transport.get(ofTemplate(id, "/variables"), Json.type(TemplateVariables.class));
  }

  /** The finished HTML; nothing is stored or charged. */
  public String previewTemplate(String id, TemplatePreview preview) {
    return transport.postForText(ofTemplate(id, "/preview"), preview);
  }

  private static Query ofTemplate(String id, String rest) {
    return Query.on(TEMPLATES + "/" + Query.encode(id) + rest);
  }

  // The rest

  public Answer<Audit> audit(String id) {
    return transport.get(of(id, "/audit"), Json.type(Audit.class));
  }

  /** Audits everything; needs the scope {@code admin}. */
  public Answer<Audit> audit() {
    return transport.get(Query.on("/v1/audit"), Json.type(Audit.class));
  }

  public Answer<Account> account() {
    return transport.get(Query.on("/v1/account"), Json.type(Account.class));
  }

  public Answer<Page<JournalEntry>> journal(PageRequest page) {
    return transport.getPage(Query.on("/v1/account/journal").with(page), JournalEntry.class);
  }

  public Answer<Page<Account>> accounts(PageRequest page) {
    return transport.getPage(Query.on("/v1/accounts").with(page), Account.class);
  }

  /**
   * @param creditLimit null for an account without a limit
   */
  public Answer<Account> createAccount(String name, @Nullable Long creditLimit) {
    return transport.post(
        Query.on("/v1/accounts"),
        new NewAccount(name, new CreditLimit(creditLimit)),
        Json.type(Account.class));
  }

  public Answer<Account> grant(String accountId, long credits) {
    Query url = Query.on("/v1/accounts/" + Query.encode(accountId) + "/grants");
    return transport.post(url, Map.of("credits", credits), Json.type(Account.class));
  }

  public Answer<Page<Key>> keys(PageRequest page) {
    return transport.getPage(Query.on("/v1/keys").with(page), Key.class);
  }

  /** The answer holds the secret; no other ever will. */
  public Answer<Key> createKey(NewKey key) {
    return transport.post(Query.on("/v1/keys"), key, Json.type(Key.class));
  }

  public void revokeKey(String id) {
    transport.delete(Query.on("/v1/keys/" + Query.encode(id)));
  }

  /** The calls about webhooks. */
  public Webhooks webhooks() {
    return new Webhooks(transport);
  }

  public Answer<Page<ProcessorInfo>> processors() {
    return transport.getPage(Query.on("/v1/processors"), ProcessorInfo.class);
  }

  public Answer<Page<Node>> nodes() {
    return transport.getPage(Query.on("/v1/nodes"), Node.class);
  }

  /** One turn of a remote worker; answers at once or after its {@code wait_seconds}. */
  public Answer<WorkerExchange.Turn> exchange(WorkerExchange turn) {
    return transport.post(
        Query.on("/v1/workers/exchange"), turn, Json.type(WorkerExchange.Turn.class));
  }

  /** Any other path of the server as text, such as {@code /openapi.yaml} or {@code /metrics}. */
  public String text(String path) {
    try (InputStream body = transport.open(Query.on(path), "*/*", List.of())) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UnreachableException(transport.base(), e);
    }
  }

  /** Lets go of all connections; a client made by {@link #withIdempotencyKey} shares them. */
  @Override
  public void close() {
    transport.http().shutdownNow();
  }

  private <T> Stream<T> stream(LongAnswer.Shape<T> shape, @Nullable String after) {
    return new LongAnswer<>(shape, transport.base(), LongAnswer.FIRST_WAIT, after).stream();
  }

  private static Query of(String id, String rest) {
    return Query.on(BATCHES + "/" + Query.encode(id) + rest);
  }

  private record BulkCancel(
      BatchFilter filter,
      @Nullable CancelMode mode,
      @Nullable BigDecimal graceSeconds,
      @Nullable String reason) {}

  private record NewAccount(String name, CreditLimit credits) {}

  private record CreditLimit(@Nullable Long limit) {}
}
