package io.headgate.batch;

import java.util.Locale;

/** The kinds of events of a batch that webhooks can listen to. */
public enum EventKind {
  /** Its first items were claimed. */
  BATCH_STARTED,
  /** Its counters changed; sent at intervals. */
  BATCH_PROGRESS,
  /** It ended without a fence: completed, partial or failed. */
  BATCH_COMPLETED,
  /** The fence was set; items may still run. */
  BATCH_CANCELLED,
  /** A cancelled batch has drained. */
  BATCH_SETTLED,
  /** An item failed and is not retried. */
  ITEM_FAILED,
  /** An item succeeded. Sent to dialects that subscribe to it; the native API does not offer it. */
  ITEM_SUCCEEDED;

  /** {@code batch.started} and so on. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
