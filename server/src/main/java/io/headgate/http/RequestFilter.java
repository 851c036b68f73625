package io.headgate.http;

/** Runs operations that need a key: checks key, rate and scope, and applies idempotency. */
@FunctionalInterface
public interface RequestFilter {

  /**
   * Runs the operation and returns its response, or the stored response of an earlier request with
   * the same idempotency key.
   *
   * @throws ProblemException when a check fails or the operation refuses the request
   */
  ApiResponse handle(Request request, Operation.KeyedOperation operation);
}
