package io.headgate.dialect.spidra;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headgate.batch.Caller;
import io.headgate.dialect.NativeTargets;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
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
record SubmitScrape(Order order, NativeTargets targets) implements Operation.Keyed {

  private static final int MAX_URLS = 3;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Queued(
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
  public Answer answer(Request request, Caller caller) {
    JsonNode body = VendorJson.body(request).orElseThrow(() -> Refused.missing("urls"));
    Wish wish = VendorJson.as(body, Wish.class);
    JsonNode given = body.path("urls");
    List<String> urls = Urls.checked(addresses(given), MAX_URLS, ".url", targets);
    List<String> errors = new ArrayList<>(wish.errors());
    List<NewItem> items = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      JsonNode actions = given.get(i).path("actions");
      Actions.check("urls[" + i + "].actions", actions, errors);
      items.add(new NewItem(null, item(urls.get(i), actions), null));
    }
    Refused.ifAny(errors);
    return order.submit(
        request,
        caller,
        new Order.Wanted(wish, wish.form(form(wish)), items),
        done ->
            VendorJson.answer(202, new Queued("queued", done.id(), wish.warnings()))
                .with("Location", "/api/scrape/" + done.id()));
  }

  /** The form of results if the request names none. */
  private static Wish.Form form(Wish wish) {
    return wish.prompt() == null ? Wish.Form.MARKDOWN : Wish.Form.JSON;
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
      item.set("actions", Actions.translated(actions));
    }
    return item;
  }
}
