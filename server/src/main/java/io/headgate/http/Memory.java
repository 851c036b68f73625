package io.headgate.http;

import io.headgate.db.Tx;

/** Keeps the answer of a request that may be repeated. */
@FunctionalInterface
public interface Memory {

  /** Forgets at once: for requests without an idempotency key. */
  Memory NONE = (tx, answer) -> {};

  /** Keeps {@code answer} for repeats, if and only if {@code tx} commits. */
  void remember(Tx tx, Answer answer);
}
