package io.headgate.client;

import java.net.URI;

/** There is no response: the server is unreachable, or the connection broke. */
public final class UnreachableException extends RuntimeException {

  private final transient URI server;

  UnreachableException(URI server, Throwable cause) {
    super("cannot reach " + server + reason(cause), cause);
    this.server = server;
  }

  /** The URL of the server. */
  public URI server() {
    return server;
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }
}
