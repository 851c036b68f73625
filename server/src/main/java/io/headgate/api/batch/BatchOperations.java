package io.headgate.api.batch;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.artifact.Artifacts;
import io.headgate.engine.Engine;
import io.headgate.http.Operation;
import io.headgate.http.PageCursors;
import io.headgate.intake.Intake;
import io.headgate.processor.Processors;
import io.headgate.view.BatchChangeReader;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.ReceiptReader;
import io.headgate.view.Results;
import io.headgate.view.SettlementReader;
import java.time.InstantSource;
import java.util.List;

/** Creates the native operations on batches and their items, one method per subject. */
public final class BatchOperations {

  private BatchOperations() {}

  /** Submits batches. */
  public static Operation submit(
      Intake intake, Processors processors, Batches batches, InstantSource clock) {
    return new SubmitBatch(intake, new SubmitForm.SubmitFormReader(processors, clock), batches);
  }

  /** Lists and shows batches, pauses, resumes, retries and resubmits them. */
  public static List<Operation> batches(Engine engine, Batches batches, PageCursors cursors) {
    return List.of(
        new ListBatches(batches, cursors),
        new ShowBatch(batches),
        new PauseBatch(engine, batches),
        new ResumeBatch(engine, batches),
        new RetryBatch(engine, batches),
        new ResubmitBatch(engine, batches));
  }

  /** Lists and shows items and returns their artifacts. */
  public static List<Operation> items(
      Items items, Artifacts artifacts, ArtifactLinks links, PageCursors cursors) {
    return List.of(
        new ListItems(items, cursors, links),
        new ShowItem(items, links),
        new ShowArtifact(artifacts, links));
  }

  /** Streams results and events. */
  public static List<Operation> streams(
      Results results, BatchChangeReader events, ChangeNotifier notifier, ArtifactLinks links) {
    return List.of(new StreamResults(results, notifier, links), new StreamEvents(events, notifier));
  }

  /** Cancels batches and items and shows receipts, settlements and bulk cancels. */
  public static List<Operation> cancels(
      Engine engine, Batches batches, ReceiptReader receipts, SettlementReader settlements) {
    return List.of(
        new CancelBatch(engine),
        new ShowReceipt(receipts),
        new ShowSettlement(settlements),
        new CancelItems(engine),
        new CancelBatches(engine, batches),
        new ShowOperation(engine));
  }
}
