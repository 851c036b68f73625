package io.headgate.engine;

import io.headgate.db.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Moves the cursor of a batch over items that still wait there. */
final class Cursor {

  private static final int MAX_AHEAD_ROWS = 10_000;

  private static final String AHEAD_FROM =
      """
      select ordinal from ahead where batch_id = :batch and ordinal >= :cursor
      order by ordinal limit :most
      """;

  private static final String DELETE_PASSED =
      "delete from ahead where batch_id = :batch and ordinal < :cursor";

  private Cursor() {}

  /**
   * Takes up to {@code most} ordinals; the cursor of the batch is behind the last one afterwards.
   *
   * @throws IllegalStateException when the counters promise more items than there are
   */
  static List<Integer> advance(Tx tx, BatchRow batchRow, int most) {
    int wanted = Math.min(most, batchRow.items().atCursor());
    List<Integer> taken = new ArrayList<>(wanted);
    if (batchRow.items().ahead() == 0) {
      int cursor = batchRow.items().cursor();
      for (int i = 0; i < wanted; i++) {
        taken.add(cursor + i);
      }
      if (wanted > 0) {
        batchRow.changeItems().moveCursor(cursor + wanted, 0);
      }
      return taken;
    }
    while (taken.size() < wanted) {
      if (batchRow.items().cursor() >= batchRow.facts.total()) {
        throw new IllegalStateException(
            "Batch %s: %d more items should wait at the cursor, but there are none."
                .formatted(batchRow.facts.id(), wanted - taken.size()));
      }
      takeBetweenAhead(tx, batchRow, wanted, taken);
    }
    return taken;
  }

  private static void takeBetweenAhead(Tx tx, BatchRow batchRow, int wanted, List<Integer> taken) {
    int cursor = batchRow.items().cursor();
    Set<Integer> ahead =
        new HashSet<>(
            tx.query(AHEAD_FROM)
                .bind("batch", batchRow.facts.id())
                .bind("cursor", cursor)
                .bind("most", MAX_AHEAD_ROWS)
                .mapTo(Integer.class)
                .list());
    // More of them may follow the last one that was read, unless these were all.
    int known =
        ahead.size() < MAX_AHEAD_ROWS
            ? batchRow.facts.total()
            : ahead.stream().mapToInt(n -> n).max().getAsInt() + 1;
    while (taken.size() < wanted && cursor < known) {
      if (!ahead.contains(cursor)) {
        taken.add(cursor);
      }
      cursor++;
    }
    int passed =
        tx.update(DELETE_PASSED)
            .bind("batch", batchRow.facts.id())
            .bind("cursor", cursor)
            .execute();
    batchRow.changeItems().moveCursor(cursor, passed);
  }
}
