package io.headgate.api;

import io.headgate.http.Page;
import java.util.UUID;

/** Start positions of pages of lists that are sorted from newest to oldest. */
public final class PageStart {

  // PostgreSQL orders uuids as unsigned bytes, so this one is greater than all others.
  private static final UUID MAX_ID = new UUID(-1, -1);

  private PageStart() {}

  /** Returns the id that all rows of the requested page must be less than. */
  public static UUID idBefore(Page.PageQuery pageRequest) {
    return pageRequest.after() == null ? MAX_ID : UUID.fromString(pageRequest.after());
  }
}
