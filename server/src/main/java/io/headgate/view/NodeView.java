package io.headgate.view;

import java.time.Instant;
import java.util.List;

/**
 * A node that takes part: a server or a remote worker.
 *
 * @param slots items it can run at once
 * @param busy items it runs now
 */
public record NodeView(
    long id, String name, String kind, int slots, int busy, List<String> processors, Life life) {

  public NodeView {
    processors = List.copyOf(processors);
  }

  /** When the node began and when it was last heard of. */
  public record Life(Instant startedAt, Instant lastSeenAt) {}
}
