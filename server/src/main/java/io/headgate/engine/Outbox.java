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
 * Writes what batches have to say into the outbox, in the transaction in which it happens: it is
 * told exactly when it happened. Costs nothing where nobody listens.
 */
final class Outbox {

  /** Rows of one batch get their positions under its lock, and so in the order of its history. */
  private static final String APPEND_FOR_EACH_LISTENER =
      """
      insert into webhook_delivery (endpoint_id, event_id, kind, batch_id, ordinal, at, data, due_at)
      select e.id, u.event_id, u.kind, u.batch_id, u.ordinal::integer, u.at, u.data, u.at
      from unnest(:accounts, :batches, :events, :kinds, :ordinals, :ats::timestamptz[], :datas)
        with ordinality as u (account_id, batch_id, event_id, kind, ordinal, at, data, n)
      cross join lateral (
        select id, events from webhook_endpoint
        where account_id = u.account_id and batch_id is null and deleted_at is null and state <> 'failed'
        union all
        select id, events from webhook_endpoint where batch_id = u.batch_id and state <> 'failed') e
      where u.kind = any(e.events)
      order by u.n
      """;

  /** One row to be written. */
  private record Line(Ledger.Facts batch, Said said) {}

  private Outbox() {}

  /** Appends what these locked batches have said, and makes them silent again. */
  static void append(Tx tx, Collection<Ledger> ledgers) {
    List<Line> lines = new ArrayList<>();
    for (Ledger ledger : ledgers) {
      ledger.takeSaid().forEach(said -> lines.add(new Line(ledger.facts, said)));
    }
    if (lines.isEmpty()) {
      return;
    }
    tx.update(APPEND_FOR_EACH_LISTENER)
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
