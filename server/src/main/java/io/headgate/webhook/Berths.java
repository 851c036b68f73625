package io.headgate.webhook;

import io.headgate.webhook.Line.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How many endpoints this node delivers to at once: so many in all, fewer of one account, and of
 * those that did not answer last time fewer still, so that the dead take no room from the living.
 */
final class Berths {

  static final int TOTAL = 256;
  static final int OF_ACCOUNT = 64;
  static final int TROUBLED_OF_ACCOUNT = 16;

  private final Map<UUID, Candidate> taken = new HashMap<>();

  /** Takes berths for as many of the candidates as there is room for, the first ones first. */
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
