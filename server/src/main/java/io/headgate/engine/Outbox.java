package io.headgate.engine;

import io.headgate.db.Column;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Appends the events of batches to the table {@code event}, in the transaction of the change: an
 * event is stored exactly when its change is. Distributing events to endpoints is not the engine's
 * work. Writes nothing where nobody listens.
 */
final class Outbox {

  /** Rows of one batch get their positions under its lock, and so in the order of its history. */
  private static final String APPEND =
      """
      insert into event (id, account_id, batch_id, ordinal, kind, at, data)
      select u.id, u.account_id, u.batch_id, u.ordinal::integer, u.kind, u.at, u.data
      from unnest(:events, :accounts, :batches, :ordinals, :kinds, :ats::timestamptz[], :datas)
        with ordinality as u (id, account_id, batch_id, ordinal, kind, at, data, n)
      order by u.n
      """;

  /** One row to be written. */
  private record Line(Ledger.Facts batch, Said said) {}

  private Outbox() {}

  /** Appends the pending events of these batches and removes them there. */
  static void append(Tx tx, Collection<Ledger> ledgers) {
    List<Line> lines = new ArrayList<>();
    for (Ledger ledger : ledgers) {
      ledger.takeSaid().forEach(said -> lines.add(new Line(ledger.facts, said)));
    }
    if (lines.isEmpty()) {
      return;
    }
    tx.update(APPEND)
        .bind("accounts", Column.uuids(ids(lines, line -> line.batch().account())))
        .bind("batches", Column.uuids(ids(lines, line -> line.batch().id())))
        .bind("events", Column.uuids(ids(lines, line -> line.said().id())))
        .bind("kinds", Column.texts(texts(lines, line -> line.said().kind().word())))
        .bind("ordinals", Column.texts(texts(lines, line -> text(line.said().ordinal()))))
        .bind("ats", Column.texts(texts(lines, line -> line.said().at().toString())))
        .bind("datas", Column.texts(texts(lines, line -> line.said().data())))
        .execute();
    tx.notify(new Signal.Delivery());
  }

  private static List<UUID> ids(List<Line> lines, Function<Line, UUID> id) {
    return lines.stream().map(id).toList();
  }

  private static @Nullable String text(@Nullable Integer number) {
    return number == null ? null : number.toString();
  }

  private static @Nullable String[] texts(
      List<Line> lines, Function<Line, @Nullable String> value) {
    @Nullable String[] texts = new String[lines.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = value.apply(lines.get(i));
    }
    return texts;
  }
}
