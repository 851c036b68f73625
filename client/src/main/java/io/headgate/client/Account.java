package io.headgate.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tenant: its keys, credits and limits. Accounts share nothing.
 *
 * @param limits the account's limits as the server shows them; null when it has none
 */
public record Account(
    String id,
    @Nullable String name,
    @Nullable AccountCredits credits,
    @Nullable JsonNode limits,
    @Nullable Instant createdAt) {

  /**
   * The balance in credits.
   *
   * @param limit the most the account may spend; null when it has no limit
   * @param available what remains below the limit; null when the account has no limit
   * @param reserved held for items that have not ended
   * @param charged spent on items that succeeded
   */
  public record AccountCredits(
      @Nullable Long limit, @Nullable Long available, long reserved, long charged) {}
}
