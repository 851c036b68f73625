package io.headgate.api;

import io.headgate.http.Page;
import java.util.UUID;

/** Start positions of pages of lists that are sorted from newest to oldest. */
public final class Positions {

  // PostgreSQL orders uuids as unsigned bytes, so this one is greater than all others.
  private static final UUID PAST_ALL = new UUID(-1, -1);

  private Positions() {}

  /** Returns the id that all rows of the requested page must be less than. */
  public static UUID before(Page.Asked asked) {
    return asked.after() == null ? PAST_ALL : UUID.fromString(asked.after());
  }
}
