package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.Limits;
import io.headgate.dialect.DialectSubmission;
import io.headgate.dialect.NativeSubmit;
import io.headgate.dialect.VendorJson;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.http.Answer;
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
record StartBatch(TemplateDoor templates, NativeSubmit submit, CsvFiles files)
    implements Operation.Keyed {

  /** The limit of the vendor's largest plan. */
  static final int MOST_SETS = 10_000;

  private static final CsvSets ROWS = new CsvSets("csvUrl", MOST_SETS);

  record Accepted(String batchId, String status, int totalItems, String message) {}

  @Override
  public Route route() {
    return Route.post("/templates/{uid}/batch-render");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    TemplateHead template = templates.require(caller, request.pathText("uid"));
    BatchForm form = VendorJson.as(body, BatchForm.class);
    Look look = VendorJson.as(body, Look.class);
    List<JsonNode> sets = sets(form, template);
    if (sets.size() > MOST_SETS) {
      throw PictifyErrors.overQuota("A batch has at most " + MOST_SETS + " variable sets");
    }
    List<NewItem> items = sets.stream().map(BatchForm::item).toList();
    DialectSubmission submission = DialectSubmission.of(order(template, look, form), items);
    return submit.submit(
        request,
        caller,
        form.webhookUrl() == null ? submission : withWebhook(submission, form.webhookUrl()),
        done ->
            VendorJson.answer(
                202,
                new Accepted(
                    PrefixedId.BATCH.of(done.id()), "pending", done.total(), "Batch accepted")));
  }

  private List<JsonNode> sets(BatchForm form, TemplateHead template) {
    if (form.csvUrl() == null) {
      return Objects.requireNonNull(form.variableSets());
    }
    CsvColumns columns = new CsvColumns(form.mapped(), template.variables());
    return ROWS.read(files.read(form.csvUrl()), columns);
  }

  private DialectSubmission withWebhook(DialectSubmission submission, String url) {
    Endpoint.Order webhook = Subscriptions.ofBatch(url);
    submit.requireTarget("webhookUrl", webhook);
    return submission.with(webhook);
  }

  private static BatchOrder order(TemplateHead template, Look look, BatchForm form) {
    ObjectNode options = look.options().put("template", template.uid());
    Limits usual = Limits.DEFAULT;
    Limits limits =
        new Limits(
            form.running(),
            usual.timeout(),
            usual.maxAttempts(),
            usual.backoff(),
            usual.maxBackoff());
    return Renders.order(
        options, limits, new Asked(template.uid(), true, form.csvUrl() != null).json());
  }
}
