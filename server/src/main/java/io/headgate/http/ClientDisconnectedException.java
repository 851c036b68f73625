package io.headgate.http;

/**
 * The client disconnected or sent an invalid chunk in the middle of a body. No response can be
 * sent, so it is not mapped to a problem.
 */
public final class ClientDisconnectedException extends RuntimeException {

  ClientDisconnectedException(Throwable cause) {
    super("The client disconnected: " + cause.getMessage(), cause);
  }
}
