package io.headgate.http;

import java.util.Locale;
import java.util.Optional;

/** What a key allows. */
public enum Scope {
  /** Read batches, results, templates and the like. */
  READ,
  /** Submit, retry and pause batches. */
  WRITE,
  CANCEL,
  /** Manage keys and accounts, read nodes. */
  ADMIN;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> of(String wireName) {
    for (Scope scope : values()) {
      if (scope.wireName().equals(wireName)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
