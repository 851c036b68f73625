package io.headgate.dialect;

import io.headgate.access.AccessGate;
import io.headgate.http.Door;
import java.util.List;

/**
 * Turns dialects into APIs that the HTTP server serves. All share the keys and rate limits of the
 * native API; each has its vendor's authentication headers and errors.
 */
public final class Dialects {

  private Dialects() {}

  public static List<Door> doors(List<Dialect> dialects, AccessGate gate) {
    return dialects.stream().map(dialect -> door(dialect, gate)).toList();
  }

  private static Door door(Dialect dialect, AccessGate gate) {
    return new Door(
        dialect.operations(),
        gate.with(dialect.manners(), dialect::refusal),
        dialect::refusal,
        new Door.Grounds(dialect.prefixes(), dialect::nothing));
  }
}
