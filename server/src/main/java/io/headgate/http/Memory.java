package io.headgate.http;

import io.headgate.db.Tx;

/** Stores the response to a request, so that a repeat of the request receives the same response. */
@FunctionalInterface
public interface Memory {

  /** Stores nothing: for requests without an idempotency key. */
  Memory NONE = (tx, answer) -> {};

  /** Stores {@code answer} in {@code tx}. */
  void remember(Tx tx, Answer answer);
}
