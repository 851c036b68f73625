package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.ItemState;
import io.headgate.batch.Limits;
import io.headgate.batch.Violation;
import io.headgate.dialect.FinishedItem;
import io.headgate.dialect.NativeRun;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.NewBatch.Origin;
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

/** Single renders that answer while their client waits: each a batch of one item. */
record Renders(NativeRun runner, PictureLinks links) {

  /** What the vendor's clients wait for, and a little less. */
  private static final Duration LIMIT = Duration.ofSeconds(55);

  /**
   * Renders one thing.
   *
   * @param options of the processor {@code render}
   * @param input its item's input
   * @throws io.headgate.http.ProblemException {@code render-failed}, 422, with the item's sentence
   */
  Rendered one(Request request, Caller caller, ObjectNode options, JsonNode input) {
    FinishedItem ran = run(caller, options, input);
    return Rendered.of(ran.item(), links.of(request, ran.batch()));
  }

  /** The same, for those who need to know the item. */
  FinishedItem run(Caller caller, ObjectNode options, JsonNode input) {
    FinishedItem ran = stored(caller, options, input);
    ItemView item = ran.item();
    if (item.state() != ItemState.SUCCEEDED) {
      throw PictifyErrors.renderFailed(
          item.error() == null ? "The render was stopped" : item.error().message());
    }
    return ran;
  }

  private FinishedItem stored(Caller caller, ObjectNode options, JsonNode input) {
    try {
      return runner.runOne(caller, order(options), new NewItem(null, input, null), LIMIT);
    } catch (ProblemException e) {
      throw e.problem().code() == ProblemCode.INVALID_ITEMS ? ofOne(e.problem()) : e;
    }
  }

  /** Who sent one thing knows of no lines, and of no input but what was sent. */
  private static ProblemException ofOne(Problem problem) {
    return Problem.invalid(problem.errors().stream().map(Renders::bare).toList()).asException();
  }

  private static InputError bare(InputError error) {
    String field = error.field() == null ? "" : error.field();
    return InputError.of(
        new Violation(field.replaceFirst("^input\\.", ""), error.message(), error.flaw()));
  }

  private static BatchOrder order(ObjectNode options) {
    return order(options, Limits.DEFAULT, JsonNodeFactory.instance.objectNode());
  }

  /**
   * A native order that says the same as the vendor's.
   *
   * @param asked what results and events must know of it later
   */
  static BatchOrder order(ObjectNode options, Limits limits, JsonNode asked) {
    return new BatchOrder(
        "render",
        null,
        JsonNodeFactory.instance.objectNode(),
        Objects.requireNonNull(options),
        limits,
        0,
        null,
        null,
        PictureLinks.KEPT.toSeconds(),
        new Origin(Pictify.NAME, asked, null));
  }
}
