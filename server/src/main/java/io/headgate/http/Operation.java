package io.headgate.http;

import io.headgate.batch.Caller;

/**
 * One operation of an API: its route and what it does. An operation throws {@link ProblemException}
 * to refuse a request. Implementations are used by several threads at once.
 */
public sealed interface Operation {

  Route route();

  /** An operation that needs a key. */
  non-sealed interface KeyedOperation extends Operation {
    /** The scope that the key must have. */
    Scope scope();

    /** Whether the response contains a secret, so that idempotency stores it encrypted. */
    default boolean confidential() {
      return false;
    }

    ApiResponse handle(Request request, Caller caller);
  }

  /** An operation that needs no key. */
  non-sealed interface OpenOperation extends Operation {
    ApiResponse handle(Request request);
  }
}
