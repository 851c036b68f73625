package io.headgate.engine;

import io.headgate.db.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Moves a batch's cursor over items that still wait there. */
final class Cursor {

  private static final int MOST_AHEAD = 10_000;

  private static final String AHEAD_FROM =
      """
      select ordinal from ahead where batch_id = :batch and ordinal >= :cursor
      order by ordinal limit :most
      """;

  private static final String FORGET_PASSED =
      "delete from ahead where batch_id = :batch and ordinal < :cursor";

  private Cursor() {}

  /**
   * Takes up to {@code most} ordinals; the ledger's cursor stands behind the last one afterwards.
   */
  static List<Integer> advance(Tx tx, Ledger ledger, int most) {
    int wanted = Math.min(most, ledger.fresh());
    List<Integer> taken = new ArrayList<>(wanted);
    if (ledger.ahead == 0) {
      for (int i = 0; i < wanted; i++) {
        taken.add(ledger.cursor++);
      }
      return taken;
    }
    while (taken.size() < wanted) {
      takeBetweenAhead(tx, ledger, wanted, taken);
    }
    return taken;
  }

  private static void takeBetweenAhead(Tx tx, Ledger ledger, int wanted, List<Integer> taken) {
    Set<Integer> ahead =
        new HashSet<>(
            tx.query(AHEAD_FROM)
                .bind("batch", ledger.facts.id())
                .bind("cursor", ledger.cursor)
                .bind("most", MOST_AHEAD)
                .mapTo(Integer.class)
                .list());
    // Beyond the last one read there may be more of them, unless that were all.
    int known =
        ahead.size() < MOST_AHEAD
            ? ledger.facts.total()
            : ahead.stream().mapToInt(n -> n).max().getAsInt() + 1;
    while (taken.size() < wanted && ledger.cursor < known) {
      if (!ahead.contains(ledger.cursor)) {
        taken.add(ledger.cursor);
      }
      ledger.cursor++;
    }
    ledger.ahead -=
        tx.update(FORGET_PASSED)
            .bind("batch", ledger.facts.id())
            .bind("cursor", ledger.cursor)
            .execute();
  }
}
