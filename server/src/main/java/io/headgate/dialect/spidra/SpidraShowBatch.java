package io.headgate.dialect.spidra;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.batch.ItemState;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.BatchView;
import io.headgate.view.ItemView;
import io.headgate.view.Items;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /api/batch/scrape/{batchId}}: the status of a batch, with all its items. */
record SpidraShowBatch(NativeBatches batches, ArtifactLinks links)
    implements Operation.KeyedOperation {

  record SpidraBatch(
      String status,
      int totalUrls,
      int completedCount,
      int failedCount,
      Instant createdAt,
      @Nullable Instant finishedAt,
      List<SpidraItem> items) {

    static SpidraBatch of(BatchView batch, List<ItemView> items, SpidraScreenshots screenshots) {
      SpidraStoredRequest stored = SpidraStoredRequest.readFrom(batch);
      return new SpidraBatch(
          SpidraStateNames.of(batch.status().state()),
          batch.counts().total(),
          batch.counts().succeeded(),
          batch.counts().failed(),
          batch.status().createdAt(),
          batch.status().finishedAt(),
          items.stream()
              .map(item -> SpidraItem.of(batch.id(), item, stored, screenshots.of(item)))
              .toList());
    }
  }

  record SpidraItem(
      UUID uuid,
      String url,
      @Nullable String jobId,
      String status,
      @Nullable JsonNode result,
      @Nullable String error,
      long creditsUsed,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String screenshotUrl) {

    static SpidraItem of(
        UUID batch, ItemView item, SpidraStoredRequest stored, @Nullable String screenshot) {
      Instant startedAt = SpidraStateNames.startedAt(item.state(), item.run().startedAt());
      SpidraResult result = SpidraResult.of(item);
      return new SpidraItem(
          id(batch, item.ordinal()),
          JsonMapper.shared().readTree(item.data().input()).path("url").asString(""),
          startedAt == null ? null : batch + "-" + item.ordinal(),
          SpidraStateNames.of(item.state()),
          result == null ? null : result.inForm(stored.output()),
          item.state() == ItemState.FAILED && item.error() != null ? item.error().message() : null,
          item.run().credits(),
          startedAt,
          item.run().finishedAt(),
          screenshot);
    }

    /** The id of an item. It never changes, because clients that watch a batch compare ids. */
    private static UUID id(UUID batch, int ordinal) {
      return UUID.nameUUIDFromBytes((batch + "/" + ordinal).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public Route route() {
    return Route.get("/api/batch/scrape/{batchId}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    Items.BatchWithItems whole =
        batches.requireWithItems(caller, Ids.parse(request.pathParameter("batchId")));
    return VendorJson.answer(
        200,
        SpidraBatch.of(
            whole.batch(), whole.items(), new SpidraScreenshots(links, request, whole.batch())));
  }
}
