package io.headgate.processor;

import java.io.IOException;

/** Thrown when a file is not stored. The message is a sentence for the client, without secrets. */
public final class ArtifactNotStoredException extends IOException {

  private static final long serialVersionUID = 1L;

  public ArtifactNotStoredException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The sentence for the client. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
