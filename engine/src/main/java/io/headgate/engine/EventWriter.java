package io.headgate.engine;

import io.headgate.db.ColumnValues;
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
 * event is stored if and only if its change is. The webhook package distributes events to
 * endpoints. Writes nothing when no webhook listens.
 */
final class EventWriter {

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
  private record EventRow(BatchRow.BatchFacts batch, PendingEvent event) {}

  private EventWriter() {}

  /** Appends the pending events of these batches and removes them there. */
  static void append(Tx tx, Collection<BatchRow> batchRows) {
    List<EventRow> rows = new ArrayList<>();
    for (BatchRow batchRow : batchRows) {
      batchRow.takePendingEvents().forEach(event -> rows.add(new EventRow(batchRow.facts, event)));
    }
    if (rows.isEmpty()) {
      return;
    }
    tx.update(APPEND)
        .bind("accounts", ColumnValues.uuids(ids(rows, line -> line.batch().account())))
        .bind("batches", ColumnValues.uuids(ids(rows, line -> line.batch().id())))
        .bind("events", ColumnValues.uuids(ids(rows, line -> line.event().id())))
        .bind("kinds", ColumnValues.texts(texts(rows, line -> line.event().kind().text())))
        .bind("ordinals", ColumnValues.texts(texts(rows, line -> text(line.event().ordinal()))))
        .bind("ats", ColumnValues.texts(texts(rows, line -> line.event().at().toString())))
        .bind("datas", ColumnValues.texts(texts(rows, line -> line.event().data())))
        .execute();
    tx.notify(new Signal.DeliveryDue());
  }

  private static List<UUID> ids(List<EventRow> rows, Function<EventRow, UUID> id) {
    return rows.stream().map(id).toList();
  }

  private static @Nullable String text(@Nullable Integer number) {
    return number == null ? null : number.toString();
  }

  private static @Nullable String[] texts(
      List<EventRow> rows, Function<EventRow, @Nullable String> value) {
    @Nullable String[] texts = new String[rows.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = value.apply(rows.get(i));
    }
    return texts;
  }
}
