package io.headgate.http;

import java.util.Locale;
import java.util.Optional;

/** What a key may do. */
public enum Scope {
  READ,
  /** Submit, retry, pause. */
  WRITE,
  CANCEL,
  /** Keys, accounts, nodes. */
  ADMIN;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> of(String word) {
    for (Scope scope : values()) {
      if (scope.word().equals(word)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
