package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.Limits;
import io.headgate.dialect.DialectSubmission;
import io.headgate.dialect.NativeSubmit;
import io.headgate.dialect.VendorJson;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.intake.ItemSource.NewItem;
import io.headgate.template.TemplateHead;
import io.headgate.webhook.Endpoint;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /templates/{uid}/batch-render}: submits a batch that renders each variable set, to
 * one image or to one per layout.
 */
record PictifyStartBatch(PictifyTemplates templates, NativeSubmit submit, CsvFileStore files)
    implements Operation.KeyedOperation {

  /** The limit of the vendor's largest plan. */
  static final int MAX_SETS = 10_000;

  private static final CsvVariableSets ROWS = new CsvVariableSets("csvUrl", MAX_SETS);

  record AcceptedBatch(String batchId, String status, int totalItems, String message) {}

  @Override
  public Route route() {
    return Route.post("/templates/{uid}/batch-render");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    TemplateHead template = templates.require(caller, request.pathParameter("uid"));
    PictifyBatchRequest form = VendorJson.convert(body, PictifyBatchRequest.class);
    RenderStyle style = VendorJson.convert(body, RenderStyle.class);
    List<JsonNode> sets = sets(form, template);
    if (sets.size() > MAX_SETS) {
      throw PictifyErrors.quotaExceeded("A batch has at most " + MAX_SETS + " variable sets");
    }
    List<NewItem> items = sets.stream().map(PictifyBatchRequest::item).toList();
    DialectSubmission submission = DialectSubmission.of(order(template, style, form), items);
    return submit.submit(
        request,
        caller,
        form.webhookUrl() == null ? submission : withWebhook(submission, form.webhookUrl()),
        done ->
            VendorJson.answer(
                202,
                new AcceptedBatch(
                    PrefixedId.BATCH.of(done.id()), "pending", done.total(), "Batch accepted")));
  }

  private List<JsonNode> sets(PictifyBatchRequest form, TemplateHead template) {
    if (form.csvUrl() == null) {
      return Objects.requireNonNull(form.variableSets());
    }
    CsvColumnMapping columns = new CsvColumnMapping(form.mappingsOrEmpty(), template.variables());
    return ROWS.read(files.read(form.csvUrl()), columns);
  }

  private DialectSubmission withWebhook(DialectSubmission submission, String url) {
    Endpoint.EndpointSettings webhook = PictifySubscriptions.forBatch(url);
    submit.requireTarget("webhookUrl", webhook);
    return submission.with(webhook);
  }

  private static BatchOrder order(
      TemplateHead template, RenderStyle style, PictifyBatchRequest form) {
    ObjectNode options = style.options().put("template", template.uid());
    Limits defaults = Limits.DEFAULT;
    Limits limits =
        new Limits(
            form.concurrencyOrDefault(),
            defaults.timeout(),
            defaults.maxAttempts(),
            defaults.backoff(),
            defaults.maxBackoff());
    return PictifySingleRenders.order(
        options,
        limits,
        new PictifyStoredRequest(template.uid(), true, form.csvUrl() != null).toJson());
  }
}
