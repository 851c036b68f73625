package io.headgate.webhook;

import io.headgate.webhook.Line.Candidate;
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
final class Berths {

  static final int TOTAL = 256;
  static final int OF_ACCOUNT = 64;
  static final int TROUBLED_OF_ACCOUNT = 16;

  private final Map<UUID, Candidate> taken = new HashMap<>();

  /** Reserves slots for as many candidates as fit, the first ones first, and returns those. */
  synchronized List<Candidate> take(List<Candidate> candidates) {
    List<Candidate> chosen = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (hasRoom(candidate) && taken.putIfAbsent(candidate.endpoint(), candidate) == null) {
        chosen.add(candidate);
      }
    }
    return chosen;
  }

  private boolean hasRoom(Candidate candidate) {
    if (taken.size() >= TOTAL) {
      return false;
    }
    List<Candidate> mates =
        taken.values().stream().filter(c -> c.account().equals(candidate.account())).toList();
    long troubled = mates.stream().filter(Candidate::troubled).count();
    return mates.size() < OF_ACCOUNT && !(candidate.troubled() && troubled >= TROUBLED_OF_ACCOUNT);
  }

  synchronized void leave(UUID endpoint) {
    taken.remove(endpoint);
    notifyAll();
  }

  synchronized boolean full() {
    return taken.size() >= TOTAL;
  }

  synchronized void awaitEmpty() throws InterruptedException {
    while (!taken.isEmpty()) {
      wait();
    }
  }
}
