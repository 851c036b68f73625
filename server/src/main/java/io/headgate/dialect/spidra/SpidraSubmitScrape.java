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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/scrape}: submits 1 to 3 pages as one job, each with its own browser actions. The
 * job is stored as a batch under another name than batches, see {@link Spidra#SCRAPES}.
 */
record SpidraSubmitScrape(SpidraSubmission order, NativeTargets targets)
    implements Operation.KeyedOperation {

  private static final int MAX_URLS = 3;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record QueuedScrape(
      String status,
      UUID jobId,
      @JsonProperty("schema_warnings") @Nullable List<String> warnings) {}

  @Override
  public Route route() {
    return Route.post("/api/scrape");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.body(request).orElseThrow(() -> SpidraRefusals.missing("urls"));
    ScrapeRequest options = VendorJson.convert(body, ScrapeRequest.class);
    JsonNode entries = body.path("urls");
    List<String> urls = SpidraUrls.requireFetchable(addresses(entries), MAX_URLS, ".url", targets);
    List<String> errors = new ArrayList<>(options.errors());
    List<NewItem> items = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      JsonNode actions = entries.get(i).path("actions");
      SpidraActions.check("urls[" + i + "].actions", actions, errors);
      items.add(new NewItem(null, item(urls.get(i), actions), null));
    }
    SpidraRefusals.throwIfAny(errors);
    return order.submit(
        request,
        caller,
        new SpidraSubmission.RequestedPages(options, options.form(form(options)), items),
        done ->
            VendorJson.answer(202, new QueuedScrape("queued", done.id(), options.warnings()))
                .withHeader("Location", "/api/scrape/" + done.id()));
  }

  /** The form of results if the request names none. */
  private static ScrapeRequest.ResultForm form(ScrapeRequest options) {
    return options.prompt() == null
        ? ScrapeRequest.ResultForm.MARKDOWN
        : ScrapeRequest.ResultForm.JSON;
  }

  private static JsonNode addresses(JsonNode urls) {
    if (!urls.isArray()) {
      return urls;
    }
    ArrayNode addresses = JsonNodeFactory.instance.arrayNode();
    urls.forEach(each -> addresses.add(each.isObject() ? each.path("url") : each));
    return addresses;
  }

  private static ObjectNode item(String url, JsonNode actions) {
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("url", url);
    if (actions.isArray() && !actions.isEmpty()) {
      item.set("actions", SpidraActions.translate(actions));
    }
    return item;
  }
}
