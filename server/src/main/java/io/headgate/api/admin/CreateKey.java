package io.headgate.api.admin;

import io.headgate.access.ApiKeys;
import io.headgate.api.NameCheck;
import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.db.Database;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/keys}: creates a key. Its secret is only in this response. */
record CreateKey(Database database, ApiKeys keys, Accounts accounts, InstantSource clock)
    implements Operation.KeyedOperation {

  private static final Set<Scope> DEFAULT =
      Set.copyOf(EnumSet.of(Scope.READ, Scope.WRITE, Scope.CANCEL));

  /**
   * The request body.
   *
   * @param scopes all except {@code admin} when null
   * @param accountId the account of the caller when null
   */
  record KeyForm(
      @Nullable String name,
      @Nullable List<Scope> scopes,
      @Nullable Instant expiresAt,
      @Nullable UUID accountId) {

    KeyForm {
      name = NameCheck.checked("name", name);
      if (scopes != null && (scopes.isEmpty() || scopes.stream().anyMatch(s -> s == null))) {
        throw new InvalidInputException(
            "scopes", "must name at least one of read, write, cancel, admin");
      }
    }

    Set<Scope> scopeSet() {
      return scopes == null ? DEFAULT : Set.copyOf(EnumSet.copyOf(scopes));
    }
  }

  @Override
  public Route route() {
    return Route.post("/v1/keys");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public boolean confidential() {
    return true;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    ApiKeys.NewKey newKey = newKey(request.json(KeyForm.class), caller);
    return database.inTransaction(tx -> {
      ApiKeys.IssuedKey issued = keys.issue(tx, newKey);
      ApiResponse answer = ApiResponse.json(201, KeyJson.of(issued));
      request.recordResponse(tx, answer);
      return answer;
    });
  }

  private ApiKeys.NewKey newKey(KeyForm body, Caller caller) {
    if (body.expiresAt() != null && !body.expiresAt().isAfter(clock.instant())) {
      throw Problem.invalid(InputError.field("expires_at", "must be in the future")).asException();
    }
    UUID account =
        body.accountId() == null
            ? caller.account()
            : KeyAccountCheck.checked(accounts, caller, body.accountId());
    return new ApiKeys.NewKey(
        account, NameCheck.checked("name", body.name()), body.scopeSet(), body.expiresAt());
  }
}
