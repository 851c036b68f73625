package io.headgate.api.batch;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.Items;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code GET /v1/batches/{id}/items/{ordinal}}: returns one item. */
record ShowItem(Items items, ArtifactLinks links) implements Operation.KeyedOperation {

  private static final Pattern ORDINAL = Pattern.compile("0|[1-9][0-9]{0,8}");

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/items/{ordinal}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    String ordinal = request.pathParameter("ordinal");
    if (!ORDINAL.matcher(ordinal).matches()) {
      throw Refusals.notFound();
    }
    request.query().requireOnly();
    ArtifactJson.ArtifactUrls linker = ArtifactJson.ArtifactUrls.of(links, id, request);
    return items
        .find(caller.account(), id, Integer.parseInt(ordinal))
        .map(item -> ApiResponse.json(200, ItemJson.of(item, linker)))
        .orElseThrow(Refusals::notFound);
  }
}
