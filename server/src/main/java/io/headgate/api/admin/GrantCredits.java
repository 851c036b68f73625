package io.headgate.api.admin;

import io.headgate.batch.Caller;
import io.headgate.batch.ViolationKind;
import io.headgate.credit.Accounts;
import io.headgate.credit.Accounts.AccountBalance;
import io.headgate.db.Database;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.UUID;

/** {@code POST /v1/accounts/{id}/grants}: adds credits to an account that has a credit limit. */
record GrantCredits(Database database, Accounts accounts) implements Operation.KeyedOperation {

  record GrantForm(long credits) {
    GrantForm {
      if (credits < 1 || credits > CreateAccount.MAX_CREDITS) {
        throw new InvalidInputException(
            "credits",
            "must be between 1 and " + CreateAccount.MAX_CREDITS + "; got " + credits,
            ViolationKind.OUT_OF_RANGE);
      }
    }
  }

  @Override
  public Route route() {
    return Route.post("/v1/accounts/{id}/grants");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    UUID id = visible(request.pathId("id"), caller);
    OperatorCheck.require(accounts, caller);
    GrantForm body = request.json(GrantForm.class);
    return database.inTransaction(tx -> {
      accounts.grant(tx, id, body.credits());
      AccountBalance after = accounts.balance(tx, id).orElseThrow();
      if (after.sums().limit() != null && after.sums().limit() > CreateAccount.MAX_CREDITS) {
        throw Problem.invalid(
                InputError.field(
                    "credits",
                    "must not raise the credits of the account above " + CreateAccount.MAX_CREDITS))
            .asException();
      }
      ApiResponse answer = ApiResponse.json(201, AccountJson.of(after));
      request.recordResponse(tx, answer);
      return answer;
    });
  }

  // For an account other than the operator's, every other account is the same 404 as an unknown
  // one.
  private UUID visible(UUID id, Caller caller) {
    boolean mayKnow = id.equals(caller.account()) || accounts.isOperator(caller.account());
    if (!mayKnow || accounts.balance(id).isEmpty()) {
      throw Problem.notFound().asException();
    }
    return id;
  }
}
