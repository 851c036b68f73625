package io.headgate.node;

import io.headgate.db.Column;
import io.headgate.db.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Stores the progress that running items report, so that every node can show it. */
final class ProgressNotes {

  /** The progress of one item. */
  record Note(long token, int ordinal, Node.Progress progress) {}

  private static final String WRITE =
      """
      insert into item_progress as p (claim_id, ordinal, ratio, message)
      select * from unnest(:tokens, :ordinals, :ratios::double precision[], :messages)
      on conflict (claim_id, ordinal) do update set ratio = excluded.ratio, message = excluded.message
      """;

  private static final String FORGET_WITHOUT_CLAIM =
      """
      delete from item_progress p where not exists (select from claim c where c.id = p.claim_id)
      """;

  private final Database database;
  private final Slots slots;
  private final Map<RunningAttempt, Node.Progress> written = new HashMap<>();

  ProgressNotes(Database database, Slots slots) {
    this.database = database;
    this.slots = slots;
  }

  /** Writes what changed since the last round, and deletes rows of items that no longer run. */
  void runOnce() {
    Map<RunningAttempt, Node.Progress> now = new HashMap<>();
    List<Note> changed = new ArrayList<>();
    for (RunningAttempt attempt : slots.running()) {
      Node.Progress progress = attempt.latestProgress();
      if (progress != null) {
        now.put(attempt, progress);
        if (!progress.equals(written.get(attempt))) {
          changed.add(
              new Note(attempt.work.claim().token(), attempt.work.claim().ordinal(), progress));
        }
      }
    }
    write(database, changed);
    written.keySet().retainAll(new HashSet<>(now.keySet()));
    written.putAll(now);
    database.useTransaction(tx -> tx.update(FORGET_WITHOUT_CLAIM).execute());
  }

  static void write(Database database, List<Note> notes) {
    if (notes.isEmpty()) {
      return;
    }
    database.useTransaction(tx ->
        tx.update(WRITE)
            .bind("tokens", Column.longs(notes.stream().mapToLong(Note::token).toArray()))
            .bind("ordinals", Column.ints(notes.stream().mapToInt(Note::ordinal).toArray()))
            .bind(
                "ratios",
                Column.texts(
                    notes.stream()
                        .map(note -> Double.toString(note.progress().ratio()))
                        .toArray(String[]::new)))
            .bind(
                "messages",
                Column.texts(
                    notes.stream().map(note -> note.progress().message()).toArray(String[]::new)))
            .execute());
  }
}
