package io.headgate.client;

import java.net.URI;

/** No answer: the server could not be reached, or the connection broke before it had answered. */
public final class UnreachableException extends RuntimeException {

  private final transient URI server;

  UnreachableException(URI server, Throwable cause) {
    super("cannot reach " + server + reason(cause), cause);
    this.server = server;
  }

  public URI server() {
    return server;
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }
}
