package io.headgate.api.admin;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import java.util.UUID;

/**
 * Checks whose keys a caller may manage: those of its own account; the operator, those of every
 * account.
 */
final class KeyAccountCheck {

  private KeyAccountCheck() {}

  /**
   * Returns {@code requested}.
   *
   * @throws io.headgate.http.ProblemException the same for an unknown account and for one that the
   *     caller may not manage, so that a caller learns nothing about other accounts
   */
  static UUID checked(Accounts accounts, Caller caller, UUID requested) {
    if (requested.equals(caller.account())
        || (accounts.isOperator(caller.account()) && accounts.balance(requested).isPresent())) {
      return requested;
    }
    throw Problem.invalid(
            InputError.field("account_id", "must be the id of an account that this key may manage"))
        .asException();
  }
}
