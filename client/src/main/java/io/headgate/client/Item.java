package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An item of a batch, with its attempts so far. */
public record Item(
    long ordinal,
    @Nullable String ref,
    ItemState state,
    @Nullable JsonNode input,
    @Nullable JsonNode output,
    @Nullable ItemError error,
    @Nullable List<Attempt> attempts,
    @Nullable ItemProgress progress,
    long credits,
    @Nullable List<Artifact> artifacts,
    @Nullable JsonNode parent,
    @Nullable JsonNode children,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Why an item or one attempt failed. */
  public record ItemError(String code, @Nullable String message) {}

  /** One run of the item on one node. */
  public record Attempt(
      int number,
      @Nullable String node,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String outcome,
      @Nullable ItemError error) {}

  /** What a running processor says of itself. */
  public record ItemProgress(@Nullable Double ratio, @Nullable String message) {}

  /**
   * A file an item produced.
   *
   * @param sha256 of its bytes, in lower-case hex
   * @param url leads to the bytes, without a key, for a while
   */
  public record Artifact(
      String name, String mediaType, long bytes, @Nullable String sha256, String url) {}
}
