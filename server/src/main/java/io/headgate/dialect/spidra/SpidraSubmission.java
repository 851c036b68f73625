package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.batch.Limits;
import io.headgate.dialect.DialectSubmission;
import io.headgate.dialect.NativeSubmit;
import io.headgate.dialect.VendorJson;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.NewBatch.DialectOrigin;
import io.headgate.http.ApiResponse;
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
 * Submits a {@link ScrapeRequest} as a batch of the processor {@code scrape}.
 *
 * @param dialect the dialect's name under which the batch is stored
 * @param pendingLimit how many unfinished batches an account without a limit of its own may have
 */
record SpidraSubmission(NativeSubmit submit, String dialect, int pendingLimit) {

  /** The vendor's base price. No captchas are solved and no models called, so nothing is added. */
  private static final long CREDITS_PER_URL = 2;

  /** Ten pages of a batch at a time. Sites reject a burst of fifty requests. */
  private static final Limits LIMITS =
      new Limits(10, Duration.ofSeconds(60), 3, Duration.ofSeconds(1), Duration.ofSeconds(60));

  /** Stores the batch. An invalid request is refused with 422. */
  ApiResponse submit(
      Request request,
      Caller caller,
      RequestedPages pages,
      Function<Submitted, ApiResponse> answer) {
    try {
      return submit.submit(
          request, caller, DialectSubmission.of(order(pages), pages.items()), answer);
    } catch (ProblemException e) {
      throw SpidraRefusals.fromProcessor(e);
    }
  }

  /** A request and its pages. */
  record RequestedPages(
      ScrapeRequest options, ScrapeRequest.ResultForm form, List<NewItem> items) {}

  private BatchOrder order(RequestedPages pages) {
    ScrapeRequest options = pages.options();
    return new BatchOrder(
        "scrape",
        null,
        JsonNodeFactory.instance.objectNode(),
        options(pages),
        LIMITS,
        0,
        null,
        null,
        BatchOrder.DEFAULT_RETAIN_SECONDS,
        new DialectOrigin(
            dialect,
            VendorJson.toTree(
                SpidraStoredRequest.of(
                    options, pages.form(), dialect.equals(Spidra.SCRAPES) ? urls(pages) : null)),
            CREDITS_PER_URL,
            pendingLimit,
            options.secretOptions().map(submit::encrypt).orElse(null)));
  }

  private static List<String> urls(RequestedPages pages) {
    return pages.items().stream().map(item -> item.input().path("url").asString()).toList();
  }

  /**
   * The option {@code proxy} is dropped if this server has no proxy; pages are fetched directly.
   */
  private ObjectNode options(RequestedPages pages) {
    boolean browser = pages.items().stream().anyMatch(item -> item.input().has("actions"));
    ObjectNode options = pages.options().options(pages.form(), browser);
    if (options.has("proxy") && !submit.violations("scrape", options).isEmpty()) {
      options.remove("proxy");
    }
    return options;
  }
}
