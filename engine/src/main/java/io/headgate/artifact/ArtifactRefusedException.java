package io.headgate.artifact;

import java.io.IOException;

/** Thrown when a file violates a rule for artifacts; the message names the rule. */
public final class ArtifactRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  ArtifactRefusedException(String message) {
    super(message);
  }
}
