package io.headgate.api.house;

import io.headgate.credit.Accounts.Standing;
import io.headgate.credit.Accounts.Sums;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as JSON of the native API. */
record AccountView(UUID id, String name, Sums credits, LimitsView limits, Instant createdAt) {

  record LimitsView(@Nullable Integer runningItems, @Nullable Integer pendingBatches) {}

  static AccountView of(Standing account) {
    return new AccountView(
        account.id(),
        account.name(),
        account.sums(),
        new LimitsView(account.bounds().running(), account.bounds().pending()),
        account.createdAt());
  }
}
