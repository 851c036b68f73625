package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.ItemState;
import io.headgate.batch.Limits;
import io.headgate.batch.Violation;
import io.headgate.dialect.FinishedItem;
import io.headgate.dialect.NativeRun;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.NewBatch.DialectOrigin;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.intake.ItemSource.NewItem;
import io.headgate.view.ItemView;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs single renders while the client waits. Each is a batch of one item. */
record PictifySingleRenders(NativeRun runner, PictifyImageLinks links) {

  /** A little less than the timeout of the vendor's clients. */
  private static final Duration LIMIT = Duration.ofSeconds(55);

  /**
   * Renders one item.
   *
   * @param options of the processor {@code render}
   * @param input of the item
   * @throws io.headgate.http.ProblemException 422 {@code render-failed} with the item's error
   *     message
   */
  PictifyRenderResult render(Request request, Caller caller, ObjectNode options, JsonNode input) {
    FinishedItem finished = renderItem(caller, options, input);
    return PictifyRenderResult.of(finished.item(), links.of(request, finished.batch()));
  }

  /** Renders one item and returns it. Throws as {@link #render}. */
  FinishedItem renderItem(Caller caller, ObjectNode options, JsonNode input) {
    FinishedItem finished = submitAndWait(caller, options, input);
    ItemView item = finished.item();
    if (item.state() != ItemState.SUCCEEDED) {
      throw PictifyErrors.renderFailed(
          item.error() == null ? "The render was stopped" : item.error().message());
    }
    return finished;
  }

  private FinishedItem submitAndWait(Caller caller, ObjectNode options, JsonNode input) {
    try {
      return runner.runOne(caller, order(options), new NewItem(null, input, null), LIMIT);
    } catch (ProblemException e) {
      throw e.problem().code() == ProblemCode.INVALID_ITEMS ? withoutLines(e.problem()) : e;
    }
  }

  /** Removes line numbers and the prefix {@code input.}: the request has neither. */
  private static ProblemException withoutLines(Problem problem) {
    return Problem.invalid(
            problem.errors().stream().map(PictifySingleRenders::withoutInputPrefix).toList())
        .asException();
  }

  private static InputError withoutInputPrefix(InputError error) {
    String field = error.field() == null ? "" : error.field();
    return InputError.of(
        new Violation(field.replaceFirst("^input\\.", ""), error.message(), error.kind()));
  }

  private static BatchOrder order(ObjectNode options) {
    return order(options, Limits.DEFAULT, JsonNodeFactory.instance.objectNode());
  }

  /**
   * The native order of a batch.
   *
   * @param storedRequest the stored part of the request, see {@link PictifyStoredRequest}
   */
  static BatchOrder order(ObjectNode options, Limits limits, JsonNode storedRequest) {
    return new BatchOrder(
        "render",
        null,
        JsonNodeFactory.instance.objectNode(),
        Objects.requireNonNull(options),
        limits,
        0,
        null,
        null,
        PictifyImageLinks.RETENTION.toSeconds(),
        new DialectOrigin(Pictify.NAME, storedRequest, null));
  }
}
