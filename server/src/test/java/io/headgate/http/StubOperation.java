package io.headgate.http;

import java.util.function.Function;

/** An operation that needs no key and whose response a test supplies. */
record StubOperation(Route route, Function<Request, Answer> work) implements Operation.Open {

  @Override
  public Answer answer(Request request) {
    return work.apply(request);
  }
}
