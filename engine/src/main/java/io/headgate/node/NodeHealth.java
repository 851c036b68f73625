package io.headgate.node;

import io.headgate.db.Loop;
import io.headgate.db.LoopStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The health of this node. It fails permanently when one of its loops dies of an {@link Error} or
 * its heap stays full. A failed node sends no more heartbeats and claims nothing, so other nodes
 * rescue its items within the lease; the {@link FailureReaction} decides what happens to the
 * process.
 *
 * <p>Thread-safe.
 */
public final class NodeHealth {

  private final FailureReaction reaction;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile @Nullable String failedPart;

  public NodeHealth(FailureReaction reaction) {
    this.reaction = reaction;
  }

  /** From now on the loop is listed, and an error that ends it makes the node fail. */
  public void watch(Loop loop) {
    loops.add(loop);
    loop.onError(this::fail);
  }

  /** Marks the node as failed. Allocates nothing: memory may be what is missing. */
  void fail(String part, @Nullable Throwable cause) {
    if (failed.compareAndSet(false, true)) {
      failedPart = part;
      reaction.nodeFailed(part, cause);
    }
  }

  public boolean failed() {
    return failed.get();
  }

  /** What failed: the name of a loop, or {@code heap}; empty while the node is healthy. */
  public Optional<String> failedPart() {
    return Optional.ofNullable(failedPart);
  }

  /** Every watched loop, in the order in which they were added. */
  public List<LoopStatus> loops() {
    return loops.stream().map(Loop::status).toList();
  }

  /** Registers rounds and failures of the loops watched so far. */
  public void measure(MeterRegistry metrics) {
    for (Loop loop : loops) {
      FunctionCounter.builder("headgate.loop.rounds", loop, l -> l.status().rounds())
          .description("rounds of a loop that did not fail")
          .tag("loop", loop.name())
          .register(metrics);
      FunctionCounter.builder("headgate.loop.failures", loop, l -> l.status().failures())
          .description("rounds of a loop that failed")
          .tag("loop", loop.name())
          .register(metrics);
    }
    metrics.gauge("headgate.node.failed", this, health -> health.failed() ? 1 : 0);
  }
}
