package io.headgate.api.house;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;

/** What only the account that runs the house may do. */
final class Operators {

  private Operators() {}

  static void require(Accounts accounts, Caller caller) {
    if (!accounts.operates(caller.account())) {
      throw Problem.of(ProblemCode.FORBIDDEN, "Only the account that runs this server may do this.")
          .asException();
    }
  }
}
