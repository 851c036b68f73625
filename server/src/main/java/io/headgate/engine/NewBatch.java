package io.headgate.engine;

import io.headgate.batch.Limits;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A batch whose items are already copied in the same transaction.
 *
 * @param order what was asked for
 * @param total items copied
 * @param related rows of item_relation were copied too
 * @param resubmittedFrom the batch whose cancelled items these are
 */
public record NewBatch(
    UUID id,
    UUID account,
    BatchOrder order,
    int total,
    long creditsPerItem,
    boolean related,
    @Nullable UUID resubmittedFrom) {

  public NewBatch {
    if (total < 1) {
      throw new IllegalArgumentException("a batch has at least one item");
    }
  }

  /**
   * What a client asks for besides the items.
   *
   * @param metadata an object
   * @param options an object, already checked by the processor
   * @param priority -100 to 100, higher first within the account
   * @param startAt nothing is claimed before
   * @param expiresAt what has not started by then never will
   * @param retainSeconds kept at least this long after its creation
   */
  public record BatchOrder(
      String processor,
      @Nullable String name,
      JsonNode metadata,
      JsonNode options,
      Limits limits,
      int priority,
      @Nullable Instant startAt,
      @Nullable Instant expiresAt,
      long retainSeconds) {

    public static final long DEFAULT_RETAIN_SECONDS = 2_592_000;
    public static final long MAX_RETAIN_SECONDS = 315_360_000;

    public BatchOrder {
      if (priority < -100 || priority > 100) {
        throw new IllegalArgumentException("priority must be -100 to 100");
      }
      if (retainSeconds < 1 || retainSeconds > MAX_RETAIN_SECONDS) {
        throw new IllegalArgumentException("retain_seconds must be 1 to " + MAX_RETAIN_SECONDS);
      }
    }
  }
}
