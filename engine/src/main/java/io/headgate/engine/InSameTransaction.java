package io.headgate.engine;

import io.headgate.db.Tx;

/** More work for the transaction of a successful verb of the {@link Engine}; runs last in it. */
@FunctionalInterface
public interface InSameTransaction<T> {

  /** An exception rolls the whole transaction back. */
  void run(Tx tx, T result);
}
