package io.headgate.api;

import io.headgate.credit.Accounts.Standing;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account on the wire. */
record AccountView(
    UUID id, String name, CreditsView credits, LimitsView limits, Instant createdAt) {

  record CreditsView(@Nullable Long limit, @Nullable Long available, long reserved, long charged) {}

  record LimitsView(@Nullable Integer runningItems, @Nullable Integer pendingBatches) {}

  static AccountView of(Standing account) {
    return new AccountView(
        account.id(),
        account.name(),
        new CreditsView(
            account.limit(), account.available(), account.reserved(), account.charged()),
        new LimitsView(account.runningLimit(), account.pendingLimit()),
        account.createdAt());
  }
}
