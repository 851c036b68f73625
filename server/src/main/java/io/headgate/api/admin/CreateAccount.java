package io.headgate.api.admin;

import io.headgate.api.NameCheck;
import io.headgate.batch.Caller;
import io.headgate.batch.ViolationKind;
import io.headgate.credit.Accounts;
import io.headgate.credit.Accounts.NewAccount;
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
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/accounts}: creates an account. Only the operator may call it. */
record CreateAccount(Database database, Accounts accounts) implements Operation.KeyedOperation {

  static final long MAX_CREDITS = 1_000_000_000_000_000L;

  /**
   * The request body. A null limit means that there is none.
   *
   * @param creditLimit initial credits
   * @param runningLimit maximum items that run at the same time over all batches
   * @param pendingLimit maximum unfinished batches
   */
  record AccountForm(
      @Nullable String name,
      @Nullable Long creditLimit,
      @Nullable Integer runningLimit,
      @Nullable Integer pendingLimit) {

    AccountForm {
      name = NameCheck.checked("name", name);
      if (creditLimit != null && (creditLimit < 0 || creditLimit > MAX_CREDITS)) {
        throw new InvalidInputException(
            "credit_limit",
            "must be between 0 and " + MAX_CREDITS + ", or null for no limit; got " + creditLimit,
            ViolationKind.OUT_OF_RANGE);
      }
      requirePositive("running_limit", runningLimit);
      requirePositive("pending_limit", pendingLimit);
    }

    private static void requirePositive(String field, @Nullable Integer value) {
      if (value != null && value < 1) {
        throw new InvalidInputException(
            field,
            "must be 1 or more, or null for no limit; got " + value,
            ViolationKind.OUT_OF_RANGE);
      }
    }

    NewAccount newAccount(String checkedName) {
      return new NewAccount(checkedName, creditLimit, runningLimit, pendingLimit);
    }
  }

  @Override
  public Route route() {
    return Route.post("/v1/accounts");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    OperatorCheck.require(accounts, caller);
    AccountForm body = request.json(AccountForm.class);
    String name = NameCheck.checked("name", body.name());
    return database.inTransaction(tx -> {
      UUID id =
          accounts
              .createIfNameIsFree(tx, body.newAccount(name))
              .orElseThrow(CreateAccount::nameIsTaken);
      ApiResponse answer =
          ApiResponse.json(201, AccountJson.of(accounts.balance(tx, id).orElseThrow()));
      request.recordResponse(tx, answer);
      return answer;
    });
  }

  private static RuntimeException nameIsTaken() {
    return Problem.invalid(
            InputError.field("name", "is already the name of another account; choose another one"))
        .asException();
  }
}
