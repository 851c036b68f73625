package io.headgate.api.admin;

import io.headgate.credit.Accounts.AccountBalance;
import io.headgate.credit.Accounts.CreditSums;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as JSON of the native API. */
record AccountJson(
    UUID id, String name, CreditSums credits, AccountLimitsJson limits, Instant createdAt) {

  record AccountLimitsJson(@Nullable Integer runningItems, @Nullable Integer pendingBatches) {}

  static AccountJson of(AccountBalance account) {
    return new AccountJson(
        account.id(),
        account.name(),
        account.sums(),
        new AccountLimitsJson(account.bounds().running(), account.bounds().pending()),
        account.createdAt());
  }
}
