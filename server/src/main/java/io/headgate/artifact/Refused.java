package io.headgate.artifact;

import java.io.IOException;

/** A file that is not kept by the rules; the message says which, for whoever made the file. */
public final class Refused extends IOException {

  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }
}
