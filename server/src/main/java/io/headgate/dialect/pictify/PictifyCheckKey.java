package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /api/users/}: the vendor's MCP server checks its key with it. */
record PictifyCheckKey() implements Operation.KeyedOperation {

  record KeyOwner(String name) {}

  record KeyOwnerResponse(KeyOwner user) {}

  @Override
  public Route route() {
    return Route.get("/api/users");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    return VendorJson.answer(200, new KeyOwnerResponse(new KeyOwner(caller.accountName())));
  }
}
