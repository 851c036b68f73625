package io.headgate.dialect.pictify;

import io.headgate.artifact.Links;
import io.headgate.batch.Caller;
import io.headgate.batch.ItemState;
import io.headgate.batch.Limits;
import io.headgate.dialect.NativeDoor;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.NewBatch.Origin;
import io.headgate.http.Request;
import io.headgate.intake.ItemSource.NewItem;
import io.headgate.view.ItemView;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Single renders that answer while their client waits: each a batch of one item. */
record Renders(NativeDoor door, Links links) {

  /** What the vendor's clients wait for, and a little less. */
  private static final Duration LIMIT = Duration.ofSeconds(55);

  private static final int DAY_SECONDS = 86_400;

  /**
   * Renders one thing.
   *
   * @param options of the processor {@code render}
   * @param input its item's input
   * @throws io.headgate.http.ProblemException {@code render-failed}, 422, with the item's sentence
   */
  Rendered one(Request request, Caller caller, ObjectNode options, JsonNode input) {
    NativeDoor.Ran ran = door.runOne(caller, order(options), new NewItem(null, input, null), LIMIT);
    ItemView item = ran.item();
    if (item.state() != ItemState.SUCCEEDED) {
      throw PictifyErrors.renderFailed(
          item.error() == null ? "The render was stopped" : item.error().message());
    }
    return Rendered.of(item, urls(request, ran.batch().id()));
  }

  /** Addresses of what the items of a batch made. */
  Rendered.Urls urls(Request request, UUID batch) {
    return (ordinal, artifact) ->
        links.url(new Links.Target(batch, ordinal, artifact), request.baseUrl());
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
        7L * DAY_SECONDS,
        new Origin(Pictify.NAME, asked, null));
  }
}
