package io.headgate.dialect.spidra;

import io.headgate.batch.Limits;
import io.headgate.dialect.NativeDoor;
import io.headgate.dialect.VendorJson;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.NewBatch.Origin;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a wish comes to: a batch for {@code scrape}.
 *
 * @param pendingLimit unfinished ones that an account without a limit of its own may have
 */
record Order(String door, int pendingLimit) {

  /** The vendor's base price. Captchas, models and proxies cost nothing here: there are none. */
  private static final long CREDITS_PER_URL = 2;

  /** Ten pages of a batch at once: fifty would be a burst that sites answer with refusals. */
  private static final Limits LIMITS =
      new Limits(10, Duration.ofSeconds(60), 3, Duration.ofSeconds(1), Duration.ofSeconds(60));

  BatchOrder of(Wish wish, Wish.Form form, NativeDoor through) {
    return new BatchOrder(
        "scrape",
        null,
        JsonNodeFactory.instance.objectNode(),
        wish.options(form),
        LIMITS,
        0,
        null,
        null,
        BatchOrder.DEFAULT_RETAIN_SECONDS,
        new Origin(
            door,
            VendorJson.tree(Asked.of(wish, form)),
            CREDITS_PER_URL,
            pendingLimit,
            wish.confided().map(through::seal).orElse(null)));
  }
}
