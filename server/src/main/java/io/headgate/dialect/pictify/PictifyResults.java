package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.ItemState;
import io.headgate.http.Json;
import io.headgate.view.BatchView;
import io.headgate.view.ItemView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A batch with its finished renders, with the fields of Pictify's flat form and of its form with
 * layouts. Lists are never null, as its Python client requires.
 */
record PictifyResults(
    String batchId,
    String status,
    int progress,
    int totalItems,
    int completedItems,
    int failedItems,
    List<VariableSetResult> results,
    List<VariableSetFailure> errors,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt) {

  /** The result of one variable set. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VariableSetResult(
      int index,
      boolean success,
      List<String> variables,
      @Nullable String url,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String error,
      List<PictifyRenderResult.RenderedImage> results,
      List<PictifyRenderResult.LayoutError> errors) {}

  /**
   * A failure, repeated where newer clients read it.
   *
   * @param row of the CSV file, from 1 after its header; null without a file
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VariableSetFailure(
      int index, @Nullable Integer row, boolean success, String error, List<String> variables) {}

  static PictifyResults of(
      String id, BatchView batch, List<ItemView> items, PictifyRenderResult.ImageUrls urls) {
    PictifyStoredRequest stored =
        PictifyStoredRequest.of(Objects.requireNonNull(batch.order().origin()).request());
    List<VariableSetResult> results = new ArrayList<>();
    List<VariableSetFailure> failures = new ArrayList<>();
    for (ItemView item : items) {
      if (item.state() == ItemState.SUCCEEDED) {
        results.add(succeeded(item, urls));
      } else if (item.state() == ItemState.FAILED) {
        Integer row = stored.fromCsv() ? item.ordinal() + 1 : null;
        VariableSetFailure failure =
            new VariableSetFailure(item.ordinal(), row, false, message(item), names(item));
        failures.add(failure);
        results.add(failed(failure));
      }
    }
    Counts counts = batch.counts();
    return new PictifyResults(
        id,
        status(batch.status().state()),
        (int) (100L * (counts.succeeded() + counts.failed()) / counts.total()),
        counts.total(),
        counts.succeeded(),
        counts.failed(),
        results,
        failures,
        batch.status().createdAt(),
        batch.status().startedAt(),
        batch.status().finishedAt());
  }

  /** The vendor has no state for a batch that is still draining. */
  static String status(BatchState state) {
    return switch (state) {
      case PENDING -> "pending";
      case RUNNING -> "processing";
      case COMPLETED -> "completed";
      case PARTIAL -> "partial";
      case FAILED -> "failed";
      case CANCELLING, CANCELLED -> "cancelled";
    };
  }

  private static VariableSetResult succeeded(ItemView item, PictifyRenderResult.ImageUrls urls) {
    PictifyRenderResult rendered = PictifyRenderResult.of(item, urls);
    PictifyRenderResult.@Nullable RenderedImage first =
        rendered.results().isEmpty() ? null : rendered.results().getFirst();
    return new VariableSetResult(
        item.ordinal(),
        true,
        names(item),
        first == null ? null : first.url(),
        first == null ? null : first.width(),
        first == null ? null : first.height(),
        null,
        rendered.results(),
        rendered.errors());
  }

  private static VariableSetResult failed(VariableSetFailure failure) {
    return new VariableSetResult(
        failure.index(),
        false,
        failure.variables(),
        null,
        null,
        null,
        failure.error(),
        List.of(),
        List.of());
  }

  private static String message(ItemView item) {
    return Objects.requireNonNull(item.error()).message();
  }

  private static List<String> names(ItemView item) {
    JsonNode variables = Json.mapper().readTree(item.data().input()).path("variables");
    return List.copyOf(variables.propertyNames());
  }
}
