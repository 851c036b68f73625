package io.headgate.node;

import org.jspecify.annotations.Nullable;

/**
 * What the process does when its node has failed. {@code headgate serve} ends the process; a server
 * that is embedded in another program decides for itself.
 */
@FunctionalInterface
public interface FailureReaction {

  /** Does nothing: for a program that watches {@code /readyz}, or a test. */
  FailureReaction NONE = (part, cause) -> {};

  /**
   * Called at most once per node, when the heartbeat has already stopped. It is called on the
   * thread that noticed the failure and may find no free memory: it must not allocate, block or
   * throw.
   *
   * @param part what failed: the name of a loop, or {@code heap}
   * @param cause null when there is no exception to show
   */
  void nodeFailed(String part, @Nullable Throwable cause);
}
