package io.headgate.http;

import io.headgate.batch.Caller;

/**
 * One call of an API: where it is, what it needs, what it does. Expected refusals leave as {@link
 * ProblemException}.
 */
public sealed interface Operation {

  Route route();

  /** Needs a key. */
  non-sealed interface Keyed extends Operation {
    Scope scope();

    /** True when the answer holds a secret, so that not even the idempotency store may read it. */
    default boolean confidential() {
      return false;
    }

    Answer answer(Request request, Caller caller);
  }

  /** Anyone may ask. */
  non-sealed interface Open extends Operation {
    Answer answer(Request request);
  }
}
