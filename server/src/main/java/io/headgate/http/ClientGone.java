package io.headgate.http;

/** The client went away, or sent what is no HTTP, in the middle of a body. Nobody waits for us. */
public final class ClientGone extends RuntimeException {

  ClientGone(Throwable cause) {
    super("the client is gone: " + cause.getMessage(), cause);
  }
}
