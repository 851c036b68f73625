package io.headgate.dialect.spidra;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headgate.batch.Caller;
import io.headgate.dialect.NativeTargets;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.intake.ItemSource.NewItem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code POST /api/batch/scrape}: submits a batch of 1 to 50 URLs. */
record SpidraSubmitBatch(SpidraSubmission order, NativeTargets targets)
    implements Operation.KeyedOperation {

  private static final int MAX_URLS = 50;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record QueuedBatch(
      String status,
      UUID batchId,
      int total,
      @JsonProperty("schema_warnings") @Nullable List<String> warnings) {}

  @Override
  public Route route() {
    return Route.post("/api/batch/scrape");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.body(request).orElseThrow(() -> SpidraRefusals.missing("urls"));
    ScrapeRequest options = VendorJson.convert(body, ScrapeRequest.class);
    List<String> urls = SpidraUrls.requireFetchable(body.path("urls"), MAX_URLS, "", targets);
    SpidraRefusals.throwIfAny(options.errors());
    List<NewItem> items = urls.stream().map(SpidraSubmitBatch::item).toList();
    return order.submit(
        request,
        caller,
        new SpidraSubmission.RequestedPages(
            options, options.form(ScrapeRequest.ResultForm.JSON), items),
        done ->
            VendorJson.answer(
                    202, new QueuedBatch("queued", done.id(), done.total(), options.warnings()))
                .withHeader("Location", "/api/batch/scrape/" + done.id()));
  }

  private static NewItem item(String url) {
    return new NewItem(null, JsonNodeFactory.instance.objectNode().put("url", url), null);
  }
}
