package io.headgate.dialect;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Waits for a change of a batch, for a client that keeps its connection open until the end. */
@FunctionalInterface
public interface BatchWaiter {

  /**
   * Returns when {@code done} returns true. It is called each time the batch changed.
   *
   * @return false if {@code limit} passed first
   * @throws InterruptedIOException if the server stops
   */
  boolean await(UUID batch, Duration limit, BooleanSupplier done) throws InterruptedIOException;
}
