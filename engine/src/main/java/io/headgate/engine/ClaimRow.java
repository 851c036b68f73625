package io.headgate.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A claim while its batch is locked: the items one node runs under one token. */
final class ClaimRow {

  /** One item of a claim and how often it was tried before. */
  record ClaimedItem(int ordinal, int attempt, int failures, int losses) {

    static ClaimedItem first(int ordinal) {
      return new ClaimedItem(ordinal, 1, 0, 0);
    }

    boolean isFirst() {
      return attempt == 1 && failures == 0 && losses == 0;
    }
  }

  final long token;
  final UUID batchId;
  final long nodeId;
  final long epoch;
  final Instant claimedAt;
  private final Map<Integer, ClaimedItem> items = new HashMap<>();
  private boolean changed;

  ClaimRow(long token, UUID batchId, long nodeId, long epoch, Instant claimedAt) {
    this.token = token;
    this.batchId = batchId;
    this.nodeId = nodeId;
    this.epoch = epoch;
    this.claimedAt = claimedAt;
  }

  void add(ClaimedItem item) {
    items.put(item.ordinal(), item);
  }

  boolean holds(int ordinal) {
    return items.containsKey(ordinal);
  }

  /** Removes an item; the caller has checked {@link #holds}. */
  ClaimedItem take(int ordinal) {
    changed = true;
    ClaimedItem taken = items.remove(ordinal);
    if (taken == null) {
      throw new IllegalStateException("claim " + token + " does not hold item " + ordinal);
    }
    return taken;
  }

  List<ClaimedItem> itemList() {
    return new ArrayList<>(items.values());
  }

  boolean changed() {
    return changed;
  }

  boolean empty() {
    return items.isEmpty();
  }
}
