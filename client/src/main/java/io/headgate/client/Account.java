package io.headgate.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A tenant and its money. */
public record Account(
    String id,
    @Nullable String name,
    @Nullable Credits credits,
    @Nullable JsonNode limits,
    @Nullable Instant createdAt) {

  /**
   * The balance.
   *
   * @param limit null when the account has no limit
   * @param available null when the account has no limit
   */
  public record Credits(
      @Nullable Long limit, @Nullable Long available, long reserved, long charged) {}
}
