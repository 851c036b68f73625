package io.headgate.api;

import io.headgate.batch.BatchState;
import io.headgate.engine.ChangeResult;

/** What pause, resume and retry answer when they do not do it. */
final class Changes {

  private Changes() {}

  /** How many items it moved. */
  static int done(ChangeResult result) {
    return switch (result) {
      case ChangeResult.Done(int items) -> items;
      case ChangeResult.NothingToDo() ->
          throw Refusals.nothingToDo("The batch has no item that failed.");
      case ChangeResult.AlreadyFinished(BatchState state) -> throw Refusals.finished(state);
      case ChangeResult.NotFinished(BatchState state) -> throw Refusals.notFinished(state);
      case ChangeResult.InsufficientCredits(long needed, long available) ->
          throw Refusals.insufficientCredits(needed, available);
      case ChangeResult.NoSuchBatch() -> throw Refusals.notFound();
    };
  }
}
