package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An item of a batch, with its attempts so far.
 *
 * @param ordinal the position in the batch, counted from 0
 * @param ref the caller's own name of the item; null for none
 * @param error why the item failed; null unless it failed
 * @param progress what the processor last reported; null unless the item is running
 * @param credits what the item was charged
 */
public record Item(
    long ordinal,
    @Nullable String ref,
    ItemState state,
    @Nullable JsonNode input,
    @Nullable JsonNode output,
    @Nullable ItemError error,
    @Nullable List<ItemAttempt> attempts,
    @Nullable ItemProgress progress,
    long credits,
    @Nullable List<Artifact> artifacts,
    @Nullable JsonNode parent,
    @Nullable JsonNode children,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Why an item or one attempt failed. */
  public record ItemError(String code, @Nullable String message) {}

  /** One execution of the item on one node. */
  public record ItemAttempt(
      int number,
      @Nullable String node,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String outcome,
      @Nullable ItemError error) {}

  /**
   * What the processor last reported about a running item.
   *
   * @param ratio 0 to 1; null when unknown
   */
  public record ItemProgress(@Nullable Double ratio, @Nullable String message) {}

  /**
   * A file that an item produced.
   *
   * @param bytes the size of the file
   * @param sha256 the digest of the file, in lower-case hex
   * @param url downloads the file without a key until the link expires
   */
  public record Artifact(
      String name, String mediaType, long bytes, @Nullable String sha256, String url) {}
}
