package io.headgate.api;

import io.headgate.http.Page;
import java.util.UUID;

/** Where pages of lists that run from new to old begin. */
public final class Positions {

  // PostgreSQL orders uuids as unsigned bytes, so this one is past all others.
  private static final UUID PAST_ALL = new UUID(-1, -1);

  private Positions() {}

  /** Rows with an id below this one are asked for. */
  public static UUID before(Page.Asked asked) {
    return asked.after() == null ? PAST_ALL : UUID.fromString(asked.after());
  }
}
