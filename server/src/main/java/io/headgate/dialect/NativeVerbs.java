package io.headgate.dialect;

import io.headgate.engine.Engine;
import io.headgate.engine.SecretOptions;
import io.headgate.view.Batches;
import io.headgate.view.Items;

/**
 * Builds the native verbs of each dialect. A vendor's route table calls it and gives every
 * operation the verbs that operation needs; operations do not see this class.
 *
 * <p>Verbs for a dialect's name see the batches that were submitted under that name and no others.
 * A vendor with two kinds of jobs uses two names.
 */
public final class NativeVerbs {

  private final NativeSubmit submit;
  private final Engine engine;
  private final SecretOptions optionsCipher;
  private final Batches batches;
  private final Items items;
  private final BatchWaiter waiter;

  public NativeVerbs(
      NativeSubmit submit,
      Engine engine,
      SecretOptions optionsCipher,
      Batches batches,
      Items items,
      BatchWaiter waiter) {
    this.submit = submit;
    this.engine = engine;
    this.optionsCipher = optionsCipher;
    this.batches = batches;
    this.items = items;
    this.waiter = waiter;
  }

  /** Stores batches. */
  public NativeSubmit submit() {
    return submit;
  }

  /** Reads batches and their items. */
  public NativeBatches batches(String dialect) {
    return new NativeBatches(batches, items, dialect);
  }

  /** Cancels batches. */
  public NativeCancel cancel(String dialect) {
    return new NativeCancel(engine, batches(dialect));
  }

  /** Queues failed items again. */
  public NativeRetry retry() {
    return new NativeRetry(engine, optionsCipher);
  }

  /** Runs single items while the client waits. */
  public NativeRun run(String dialect) {
    return new NativeRun(submit, batches(dialect), engine, waiter);
  }
}
