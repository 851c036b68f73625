package io.headgate;

import io.headgate.api.batch.BatchOperations;
import io.headgate.api.batch.ChangeNotifier;
import io.headgate.db.Database;
import io.headgate.http.PageCursors;
import io.headgate.http.Operation;
import io.headgate.view.BatchChangeReader;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.ReceiptReader;
import io.headgate.view.Results;
import io.headgate.view.SettlementReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Builds the native operations on batches and items from the parts of the server. */
final class NativeBatchApi {

  private NativeBatchApi() {}

  static List<Operation> operations(Rooms rooms, PageCursors cursors, ChangeNotifier bell) {
    Database database = rooms.database();
    InstantSource clock = rooms.clock();
    Batches batches = new Batches(database, clock);
    Items items = new Items(database, clock, rooms.progress());
    List<Operation> operations = new ArrayList<>();
    operations.add(BatchOperations.submit(rooms.intake(), rooms.processors(), batches, clock));
    operations.addAll(BatchOperations.batches(rooms.engine(), batches, cursors));
    operations.addAll(BatchOperations.items(items, rooms.artifacts(), rooms.links(), cursors));
    operations.addAll(
        BatchOperations.streams(
            new Results(database, clock), new BatchChangeReader(database, clock), bell, rooms.links()));
    operations.addAll(
        BatchOperations.cancels(
            rooms.engine(), batches, new ReceiptReader(database), new SettlementReader(database, clock)));
    return operations;
  }
}
