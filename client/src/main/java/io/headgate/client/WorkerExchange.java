package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One turn of a remote worker: what it finished goes in, what it may start comes out. */
public record WorkerExchange(
    String worker,
    @Nullable String processor,
    int slots,
    @Nullable Double waitSeconds,
    List<Settle> settle) {

  /**
   * A finished item.
   *
   * @param token of the claim it was given with; the server refuses it once the claim is gone
   */
  public record Settle(
      String token,
      long ordinal,
      String outcome,
      @Nullable JsonNode output,
      Item.@Nullable ItemError error,
      Item.@Nullable ItemProgress progress) {}

  /** The server's side of the turn. */
  public record Turn(List<Claim> claims, List<JsonNode> interrupts, List<JsonNode> refused) {}

  /** An item to run. */
  public record Claim(
      String token,
      String batchId,
      long ordinal,
      @Nullable String ref,
      int attempt,
      JsonNode input,
      @Nullable JsonNode options,
      @Nullable Instant deadline) {}
}
