package io.headgate.api.admin;

import io.headgate.credit.Accounts.Standing;
import io.headgate.credit.Accounts.Sums;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as JSON of the native API. */
record AccountJson(UUID id, String name, Sums credits, AccountLimitsJson limits, Instant createdAt) {

  record AccountLimitsJson(@Nullable Integer runningItems, @Nullable Integer pendingBatches) {}

  static AccountJson of(Standing account) {
    return new AccountJson(
        account.id(),
        account.name(),
        account.sums(),
        new AccountLimitsJson(account.bounds().running(), account.bounds().pending()),
        account.createdAt());
  }
}
