package io.headgate.api.house;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import java.util.UUID;

/** Whose keys one may manage: one's own account's; the operator every account's. */
final class KeyAccounts {

  private KeyAccounts() {}

  /** The same refusal for an unknown account and for one that is none of the caller's business. */
  static UUID checked(Accounts accounts, Caller caller, UUID asked) {
    if (asked.equals(caller.account())
        || (accounts.operates(caller.account()) && accounts.standing(asked).isPresent())) {
      return asked;
    }
    throw Problem.invalid(InputError.field("account_id", "names no account you manage"))
        .asException();
  }
}
