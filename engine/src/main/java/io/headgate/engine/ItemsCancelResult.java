package io.headgate.engine;

import io.headgate.batch.BatchState;
import io.headgate.batch.ItemState;
import java.util.List;

/** The result of a cancel of single items. */
public sealed interface ItemsCancelResult {

  /**
   * @param cancelled ordinals settled as cancelled now, related ones included, ascending
   * @param skipped requested items that were not cancelled
   */
  record ItemsCancelled(List<Integer> cancelled, List<Skipped> skipped, long creditsRefunded)
      implements ItemsCancelResult {}

  /** A requested item that was not cancelled; {@code reason} is a sentence. */
  record Skipped(int ordinal, ItemState state, String reason) {}

  /** These refs or ordinals name no item of the batch; nothing was changed. */
  record NoSuchItems(List<String> names) implements ItemsCancelResult {}

  record ItemsAlreadyFinished(BatchState state) implements ItemsCancelResult {}

  record ItemsNoSuchBatch() implements ItemsCancelResult {}
}
