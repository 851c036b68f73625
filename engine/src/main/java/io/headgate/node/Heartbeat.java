package io.headgate.node;

/**
 * Reports to the cluster that this node is alive. It stops permanently when the node has failed:
 * its loops no longer work, so other nodes must take over its items.
 */
final class Heartbeat {

  private final ClusterMembership membership;
  private final Slots slots;
  private final NodeHealth health;

  Heartbeat(ClusterMembership membership, Slots slots, NodeHealth health) {
    this.membership = membership;
    this.slots = slots;
    this.health = health;
  }

  boolean runOnce() {
    if (!health.failed() && !membership.heartbeat()) {
      slots.workAvailable(); // wakes the exchange, which joins anew
    }
    return false;
  }
}
