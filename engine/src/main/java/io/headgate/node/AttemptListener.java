package io.headgate.node;

import io.headgate.engine.AttemptReport;

/** Receives the one end of each {@link RunningAttempt}. */
interface AttemptListener {

  /** The attempt ended; its settlement is to be written. */
  void finished(RunningAttempt attempt, AttemptReport settlement);

  /**
   * The attempt ended, but there was not enough memory to report its result. Its claim must be
   * handed back, so that the item runs again.
   */
  void lost(RunningAttempt attempt);
}
