package io.headgate.webhook;

import io.headgate.webhook.DeliveryQueue.ReadyEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Limits how many endpoints this node delivers to at the same time: in total, per account, and per
 * account among endpoints whose last attempt failed. Endpoints that do not respond thus leave
 * capacity for those that do. Safe for use by several threads.
 */
final class DeliverySlots {

  static final int MAX_TOTAL = 256;
  static final int MAX_PER_ACCOUNT = 64;
  static final int MAX_FAILING_PER_ACCOUNT = 16;

  private final Map<UUID, ReadyEndpoint> reserved = new HashMap<>();

  /** Reserves slots for as many candidates as fit, the first ones first, and returns those. */
  synchronized List<ReadyEndpoint> reserve(List<ReadyEndpoint> candidates) {
    List<ReadyEndpoint> chosen = new ArrayList<>();
    for (ReadyEndpoint candidate : candidates) {
      if (fits(candidate) && reserved.putIfAbsent(candidate.endpoint(), candidate) == null) {
        chosen.add(candidate);
      }
    }
    return chosen;
  }

  private boolean fits(ReadyEndpoint candidate) {
    if (reserved.size() >= MAX_TOTAL) {
      return false;
    }
    List<ReadyEndpoint> ofAccount =
        reserved.values().stream().filter(c -> c.account().equals(candidate.account())).toList();
    long failing = ofAccount.stream().filter(ReadyEndpoint::failing).count();
    return ofAccount.size() < MAX_PER_ACCOUNT
        && !(candidate.failing() && failing >= MAX_FAILING_PER_ACCOUNT);
  }

  synchronized void release(UUID endpoint) {
    reserved.remove(endpoint);
    notifyAll();
  }

  synchronized boolean full() {
    return reserved.size() >= MAX_TOTAL;
  }

  synchronized void awaitEmpty() throws InterruptedException {
    while (!reserved.isEmpty()) {
      wait();
    }
  }
}
