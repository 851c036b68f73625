package io.headgate.api;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.credit.Accounts.NewAccount;
import io.headgate.db.Database;
import io.headgate.http.Answer;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInput;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/accounts}: a new account with or without a credit limit; by the operator. */
record CreateAccount(Database database, Accounts accounts) implements Operation.Keyed {

  static final long MAX_CREDITS = 1_000_000_000_000_000L;

  /** The body: shaped as the account will be shown. */
  record Body(@Nullable String name, @Nullable Credits credits, @Nullable Limits limits) {

    Body {
      name = Names.checked("name", name);
    }

    NewAccount order(String checkedName) {
      return new NewAccount(
          checkedName,
          credits == null ? null : credits.limit(),
          limits == null ? null : limits.running(),
          limits == null ? null : limits.pending());
    }
  }

  /** The credits to begin with; null for no limit. */
  record Credits(@Nullable Long limit) {
    Credits {
      if (limit != null && (limit < 0 || limit > MAX_CREDITS)) {
        throw new InvalidInput("limit", "must be 0 to " + MAX_CREDITS + ", or null for none");
      }
    }
  }

  record Limits(@Nullable Integer running, @Nullable Integer pending) {
    Limits {
      requirePositive("running", running);
      requirePositive("pending", pending);
    }

    private static void requirePositive(String field, @Nullable Integer value) {
      if (value != null && value < 1) {
        throw new InvalidInput(field, "must be 1 or more, or null for none");
      }
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
  public Answer answer(Request request, Caller caller) {
    request.query().only();
    Operators.require(accounts, caller);
    Body body = request.json(Body.class);
    String name = Names.checked("name", body.name());
    return database.inTransaction(tx -> {
      UUID id =
          accounts.createIfNameIsFree(tx, body.order(name)).orElseThrow(CreateAccount::nameIsTaken);
      Answer answer = Answer.json(201, AccountView.of(accounts.standing(tx, id).orElseThrow()));
      request.remember(tx, answer);
      return answer;
    });
  }

  private static RuntimeException nameIsTaken() {
    return Problem.invalid(InputError.field("name", "is the name of another account"))
        .asException();
  }
}
