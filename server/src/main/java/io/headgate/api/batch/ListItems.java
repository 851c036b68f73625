package io.headgate.api.batch;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.batch.Caller;
import io.headgate.batch.ItemState;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Query;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.ItemFilter;
import io.headgate.view.ItemView;
import io.headgate.view.Items;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@code GET /v1/batches/{id}/items}: lists items by ordinal. */
record ListItems(Items items, PageCursors cursors, ArtifactLinks links)
    implements Operation.KeyedOperation {

  private static final String STATES =
      Arrays.stream(ItemState.values()).map(ItemState::text).collect(Collectors.joining(", "));

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/items");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    Query query = request.query().requireOnly("limit", "cursor", "state", "ref", "error");
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    ItemFilter filter =
        new ItemFilter(
            state(query).orElse(null),
            query.text("ref").orElse(null),
            query.text("error").orElse(null));
    int after = pageRequest.after() == null ? -1 : Integer.parseInt(pageRequest.after());
    ArtifactJson.ArtifactUrls linker = ArtifactJson.ArtifactUrls.of(links, id, request);
    io.headgate.view.ListPage<ItemView> page =
        items
            .list(caller.account(), id, filter, after, pageRequest.limit())
            .orElseThrow(Refusals::notFound);
    return ApiResponse.json(
        200,
        pageRequest.of(
            page.data(),
            page.hasMore(),
            item -> Integer.toString(item.ordinal()),
            item -> ItemJson.of(item, linker)));
  }

  /** Reads the query parameter {@code state}; empty when it is missing. */
  static Optional<ItemState> state(Query query) {
    return query.oneOf("state", ListItems::parseState, STATES);
  }

  private static ItemState parseState(String word) {
    ItemState state = ItemState.of(word);
    if (!state.text().equals(word)) {
      throw new IllegalArgumentException(word);
    }
    return state;
  }
}
