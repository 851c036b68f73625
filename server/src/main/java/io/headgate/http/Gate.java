package io.headgate.http;

/** What a request passes before an operation that needs a key: key, rate, scope, idempotency. */
@FunctionalInterface
public interface Gate {

  /**
   * Lets the request through to the operation and gives back its answer, or an earlier one.
   *
   * @throws ProblemException when it may not pass, or the operation refuses it
   */
  Answer pass(Request request, Operation.Keyed operation);
}
