package io.headgate.engine;

import io.headgate.batch.BatchState;

/** What a cancel of a batch would do now, in items and credits. */
public sealed interface CancelPreview {

  record WouldStop(int items, int running, long refund, BatchState state)
      implements CancelPreview {}

  record PreviewAlreadyFinished(BatchState state) implements CancelPreview {}

  record PreviewNoSuchBatch() implements CancelPreview {}
}
