package io.headgate.http;

import java.util.function.Function;

/** An operation that needs no key and whose response a test supplies. */
record StubOperation(Route route, Function<Request, ApiResponse> handler)
    implements Operation.OpenOperation {

  @Override
  public ApiResponse handle(Request request) {
    return handler.apply(request);
  }
}
