package io.headgate.api.batch;

import io.headgate.artifact.Artifacts;
import io.headgate.artifact.Links;
import io.headgate.db.Database;
import io.headgate.engine.Engine;
import io.headgate.http.Cursors;
import io.headgate.http.Operation;
import io.headgate.intake.Intake;
import io.headgate.processor.Processors;
import io.headgate.view.BatchEvents;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.LiveProgress;
import io.headgate.view.Receipts;
import io.headgate.view.Results;
import io.headgate.view.Settlements;
import java.time.InstantSource;
import java.util.List;

/** The native operations about batches. */
public final class BatchOperations {

  /** What batches are made and stopped with. */
  public record Works(Intake intake, Engine engine, Processors processors) {}

  /**
   * What batches are looked at with.
   *
   * @param bell wakes answers that go on and on
   */
  public record Sights(
      Database database,
      InstantSource clock,
      LiveProgress progress,
      Cursors cursors,
      Bell bell,
      Artifacts artifacts,
      Links links) {}

  private BatchOperations() {}

  public static List<Operation> of(Works works, Sights sights) {
    Database database = sights.database();
    Batches batches = new Batches(database, sights.clock());
    Items items = new Items(database, sights.clock(), sights.progress());
    Results results = new Results(database, sights.clock());
    BatchEvents events = new BatchEvents(database, sights.clock());
    Receipts receipts = new Receipts(database);
    Engine engine = works.engine();
    return List.of(
        new SubmitBatch(
            works.intake(), new OrderForm.Reader(works.processors(), sights.clock()), batches),
        new ListBatches(batches, sights.cursors()),
        new ShowBatch(batches),
        new ListItems(items, sights.cursors(), sights.links()),
        new ShowItem(items, sights.links()),
        new ShowArtifact(sights.artifacts(), sights.links()),
        new StreamResults(results, sights.bell(), sights.links()),
        new StreamEvents(events, sights.bell()),
        new CancelBatch(engine),
        new ShowReceipt(receipts),
        new ShowSettlement(new Settlements(database, sights.clock())),
        new CancelItems(engine),
        new CancelBatches(engine, batches),
        new ShowOperation(engine),
        new PauseBatch(engine, batches),
        new ResumeBatch(engine, batches),
        new RetryBatch(engine, batches),
        new ResubmitBatch(engine, batches));
  }
}
