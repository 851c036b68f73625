package io.headgate.node;

import io.headgate.engine.Engine;
import java.util.List;
import java.util.function.Supplier;

/** This node's id in the cluster. It changes when the node was declared dead and joins anew. */
final class ClusterMembership {

  private final Engine engine;
  private final String name;
  private final int slots;
  private final Supplier<List<String>> processors;
  private volatile long node;
  private volatile boolean declaredDead;

  ClusterMembership(Engine engine, String name, int slots, Supplier<List<String>> processors) {
    this.engine = engine;
    this.name = name;
    this.slots = slots;
    this.processors = processors;
    this.node = join();
  }

  private long join() {
    return engine.join(name, slots, processors.get());
  }

  long node() {
    return node;
  }

  /** Sends a heartbeat; false when the node was declared dead. */
  boolean heartbeat() {
    declaredDead = declaredDead || !engine.heartbeat(node);
    return !declaredDead;
  }

  boolean declaredDead() {
    return declaredDead;
  }

  long joinAnew() {
    node = join();
    declaredDead = false;
    return node;
  }
}
