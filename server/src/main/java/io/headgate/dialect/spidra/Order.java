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
 * What a wish comes to: a batch for {@code scrape}.
 *
 * @param pendingLimit unfinished ones that an account without a limit of its own may have
 */
record Order(NativeSubmit submit, String door, int pendingLimit) {

  /** The vendor's base price. Captchas, models and proxies cost nothing here: there are none. */
  private static final long CREDITS_PER_URL = 2;

  /** Ten pages of a batch at once: fifty would be a burst that sites answer with refusals. */
  private static final Limits LIMITS =
      new Limits(10, Duration.ofSeconds(60), 3, Duration.ofSeconds(1), Duration.ofSeconds(60));

  /** Stores it; what is wrong with the wish is 422. */
  Answer submit(Request request, Caller caller, Wanted wanted, Function<Submitted, Answer> answer) {
    try {
      return submit.submit(
          request, caller, DialectSubmission.of(order(wanted), wanted.items()), answer);
    } catch (ProblemException e) {
      throw Refused.byProcessor(e);
    }
  }

  /** A wish for these pages. */
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

  /** A page goes out through a proxy where this server has one, and directly where it has none. */
  private ObjectNode options(Wanted wanted) {
    boolean browser = wanted.items().stream().anyMatch(item -> item.input().has("actions"));
    ObjectNode options = wanted.wish().options(wanted.form(), browser);
    if (options.has("proxy") && !submit.violations("scrape", options).isEmpty()) {
      options.remove("proxy");
    }
    return options;
  }
}
