package io.headgate.http;

import io.headgate.db.Tx;

/** Stores the response to a request, so that a repeat of the request receives the same response. */
@FunctionalInterface
public interface ResponseRecorder {

  /** Stores nothing: for requests without an idempotency key. */
  ResponseRecorder NONE = (tx, answer) -> {};

  /** Stores {@code response} in {@code tx}. */
  void record(Tx tx, ApiResponse response);
}
