package io.headgate.view;

import java.time.Instant;
import java.util.List;

/**
 * A node of the cluster: a server or a remote worker.
 *
 * @param slots maximum items that it runs at the same time
 * @param busy items that it runs now
 */
public record NodeView(
    long id,
    String name,
    String kind,
    int slots,
    int busy,
    List<String> processors,
    NodeTimes times) {

  public NodeView {
    processors = List.copyOf(processors);
  }

  /** The start of the node and its last heartbeat. */
  public record NodeTimes(Instant startedAt, Instant lastSeenAt) {}
}
