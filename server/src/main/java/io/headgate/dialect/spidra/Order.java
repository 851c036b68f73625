package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.batch.Limits;
import io.headgate.dialect.DialectSubmission;
import io.headgate.dialect.NativeSubmit;
import io.headgate.dialect.VendorJson;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.NewBatch.Origin;
import io.headgate.http.Answer;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.intake.ItemSource.NewItem;
import io.headgate.intake.SubmitResult.Submitted;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Submits a {@link Wish} as a batch of the processor {@code scrape}.
 *
 * @param door the dialect's name under which the batch is stored
 * @param pendingLimit how many unfinished batches an account without a limit of its own may have
 */
record Order(NativeSubmit submit, String door, int pendingLimit) {

  /** The vendor's base price. No captchas are solved and no models called, so nothing is added. */
  private static final long CREDITS_PER_URL = 2;

  /** Ten pages of a batch at a time. Sites reject a burst of fifty requests. */
  private static final Limits LIMITS =
      new Limits(10, Duration.ofSeconds(60), 3, Duration.ofSeconds(1), Duration.ofSeconds(60));

  /** Stores the batch. An invalid request is refused with 422. */
  Answer submit(Request request, Caller caller, Wanted wanted, Function<Submitted, Answer> answer) {
    try {
      return submit.submit(
          request, caller, DialectSubmission.of(order(wanted), wanted.items()), answer);
    } catch (ProblemException e) {
      throw Refused.byProcessor(e);
    }
  }

  /** A request and its pages. */
  record Wanted(Wish wish, Wish.Form form, List<NewItem> items) {}

  private BatchOrder order(Wanted wanted) {
    Wish wish = wanted.wish();
    return new BatchOrder(
        "scrape",
        null,
        JsonNodeFactory.instance.objectNode(),
        options(wanted),
        LIMITS,
        0,
        null,
        null,
        BatchOrder.DEFAULT_RETAIN_SECONDS,
        new Origin(
            door,
            VendorJson.tree(
                Asked.of(wish, wanted.form(), door.equals(Spidra.SCRAPES) ? urls(wanted) : null)),
            CREDITS_PER_URL,
            pendingLimit,
            wish.confided().map(submit::encrypt).orElse(null)));
  }

  private static List<String> urls(Wanted wanted) {
    return wanted.items().stream().map(item -> item.input().path("url").asString()).toList();
  }

  /**
   * The option {@code proxy} is dropped if this server has no proxy; pages are fetched directly.
   */
  private ObjectNode options(Wanted wanted) {
    boolean browser = wanted.items().stream().anyMatch(item -> item.input().has("actions"));
    ObjectNode options = wanted.wish().options(wanted.form(), browser);
    if (options.has("proxy") && !submit.violations("scrape", options).isEmpty()) {
      options.remove("proxy");
    }
    return options;
  }
}
