package io.headgate.processor;

import java.io.IOException;

/** Why a file was not kept; the message is one sentence for the client and tells no secret. */
public final class NotKept extends IOException {

  private static final long serialVersionUID = 1L;

  public NotKept(String message, Throwable cause) {
    super(message, cause);
  }

  /** The sentence for people. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
