package io.headgate.dialect;

import io.headgate.access.AccessGate;
import io.headgate.http.Door;
import java.util.List;

/** Opens a door for each dialect: the same keys and rates, each with its vendor's manners. */
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
