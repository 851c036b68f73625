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
record ResultsJson(
    String batchId,
    String status,
    int progress,
    int totalItems,
    int completedItems,
    int failedItems,
    List<Result> results,
    List<Failure> errors,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt) {

  /** The result of one variable set. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      int index,
      boolean success,
      List<String> variables,
      @Nullable String url,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String error,
      List<Rendered.Picture> results,
      List<Rendered.Problem> errors) {}

  /**
   * A failure, repeated where newer clients read it.
   *
   * @param row of the CSV file, from 1 after its header; null without a file
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Failure(
      int index, @Nullable Integer row, boolean success, String error, List<String> variables) {}

  static ResultsJson of(String id, BatchView batch, List<ItemView> items, Rendered.Urls urls) {
    Asked asked = Asked.of(Objects.requireNonNull(batch.order().origin()).asked());
    List<Result> results = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (ItemView item : items) {
      if (item.state() == ItemState.SUCCEEDED) {
        results.add(succeeded(item, urls));
      } else if (item.state() == ItemState.FAILED) {
        Integer row = asked.ofCsv() ? item.ordinal() + 1 : null;
        Failure failure = new Failure(item.ordinal(), row, false, message(item), names(item));
        failures.add(failure);
        results.add(failed(failure));
      }
    }
    Counts counts = batch.counts();
    return new ResultsJson(
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

  private static Result succeeded(ItemView item, Rendered.Urls urls) {
    Rendered rendered = Rendered.of(item, urls);
    Rendered.@Nullable Picture first =
        rendered.results().isEmpty() ? null : rendered.results().getFirst();
    return new Result(
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

  private static Result failed(Failure failure) {
    return new Result(
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
