package io.headgate.engine;

/** This node was declared dead: what it ran was given to others, and it may not claim any more. */
public final class NodeStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NodeStoppedException(long node) {
    super("node " + node + " was declared dead");
  }
}
