package io.headgate.access;

import java.util.Optional;

/** Parses the scheme {@code Bearer} of the Authorization header. */
public final class Bearer {

  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** The token, without the spaces around it; empty for another scheme. */
  public static Optional<String> token(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}
