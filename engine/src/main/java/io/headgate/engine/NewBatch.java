package io.headgate.engine;

import io.headgate.batch.Limits;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A batch whose items are already copied in the same transaction.
 *
 * @param order what the client requests
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
   * What a client requests besides the items.
   *
   * @param metadata an object
   * @param options an object, already checked by the processor
   * @param priority -100 to 100, higher first within the account
   * @param startAt nothing is claimed before
   * @param expiresAt what has not started by then never will
   * @param retainSeconds kept at least this long after its creation
   * @param origin the vendor's API it came through; null for the native one
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
      long retainSeconds,
      @Nullable DialectOrigin origin) {

    public static final long DEFAULT_RETAIN_SECONDS = 2_592_000;
    public static final long MAX_RETAIN_SECONDS = 315_360_000;

    public BatchOrder withOptions(JsonNode others) {
      return new BatchOrder(
          processor,
          name,
          metadata,
          others,
          limits,
          priority,
          startAt,
          expiresAt,
          retainSeconds,
          origin);
    }

    /** An order of the native API. */
    public BatchOrder(
        String processor,
        @Nullable String name,
        JsonNode metadata,
        JsonNode options,
        Limits limits,
        int priority,
        @Nullable Instant startAt,
        @Nullable Instant expiresAt,
        long retainSeconds) {
      this(
          processor,
          name,
          metadata,
          options,
          limits,
          priority,
          startAt,
          expiresAt,
          retainSeconds,
          null);
    }

    public BatchOrder {
      if (priority < -100 || priority > 100) {
        throw new IllegalArgumentException("priority must be -100 to 100");
      }
      if (retainSeconds < 1 || retainSeconds > MAX_RETAIN_SECONDS) {
        throw new IllegalArgumentException("retain_seconds must be 1 to " + MAX_RETAIN_SECONDS);
      }
    }
  }

  /**
   * Where a batch of a dialect comes from.
   *
   * @param dialect its name, one lower-case word
   * @param request the parts of the vendor's request that the dialect needs later; an object
   * @param creditsPerItem the vendor's price of one succeeded item; null for the processor's own
   * @param pendingLimit unfinished batches the vendor lets an account have, for accounts without a
   *     limit of their own; null for none
   * @param secretOptions more options, as {@link SecretOptions} seals them; null for none
   */
  public record DialectOrigin(
      String dialect,
      JsonNode request,
      @Nullable Long creditsPerItem,
      @Nullable Integer pendingLimit,
      @Nullable String secretOptions) {

    public DialectOrigin(String dialect, JsonNode request, @Nullable Long creditsPerItem) {
      this(dialect, request, creditsPerItem, null, null);
    }
  }
}
