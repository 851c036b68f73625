package io.headgate.api.admin;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;

/** Protects operations that only the operator's account may call. */
final class OperatorCheck {

  private OperatorCheck() {}

  /**
   * Does nothing for the operator's account.
   *
   * @throws io.headgate.http.ProblemException {@code forbidden} for every other account
   */
  static void require(Accounts accounts, Caller caller) {
    if (!accounts.isOperator(caller.account())) {
      throw Problem.of(ProblemCode.FORBIDDEN, "Only a key of the operator's account may do this.")
          .asException();
    }
  }
}
