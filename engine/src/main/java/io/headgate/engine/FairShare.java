package io.headgate.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Splits free slots: one at a time round-robin over accounts, within an account over its batches of
 * the highest priority, and the next priority only when those need no more.
 */
final class FairShare {

  /** A batch that can use {@code slots} slots. */
  record SlotRequest(UUID account, UUID batch, String processor, int priority, int slots) {}

  /**
   * The free capacity.
   *
   * @param slots for all
   * @param processorLimits for items of one processor; those without an entry have no limit
   * @param accountLimits what each account may still run; accounts without an entry have no limit
   */
  record Capacity(
      int slots, Map<String, Integer> processorLimits, Map<UUID, Integer> accountLimits) {

    Capacity {
      processorLimits = new HashMap<>(processorLimits);
    }

    private boolean hasCapacityFor(SlotRequest request) {
      return processorLimits.getOrDefault(request.processor(), Integer.MAX_VALUE) > 0;
    }

    private void take(SlotRequest request) {
      processorLimits.computeIfPresent(request.processor(), (_, left) -> left - 1);
    }
  }

  private FairShare() {}

  /**
   * Slots per batch; batches that get none are left out.
   *
   * @param requests the accounts are served in the order in which they first appear here
   * @param supply its places are fewer afterwards
   */
  static Map<UUID, Integer> split(Capacity supply, List<SlotRequest> requests) {
    Map<UUID, AccountQueue> queues = new LinkedHashMap<>();
    for (SlotRequest request : requests) {
      if (request.slots() > 0) {
        queues
            .computeIfAbsent(
                request.account(),
                account ->
                    new AccountQueue(
                        supply, supply.accountLimits().getOrDefault(account, Integer.MAX_VALUE)))
            .add(request);
      }
    }
    Map<UUID, Integer> shares = new LinkedHashMap<>();
    Deque<AccountQueue> round = new ArrayDeque<>(queues.values());
    int left = supply.slots();
    while (left > 0 && !round.isEmpty()) {
      AccountQueue queue = round.removeFirst();
      if (queue.takeOne(shares)) {
        left--;
        round.addLast(queue);
      }
    }
    return shares;
  }

  /** True when a batch got less than it requested and its processor has free slots. */
  static boolean unmet(Capacity left, Collection<SlotRequest> requests, Map<UUID, Integer> shares) {
    return requests.stream()
        .anyMatch(request ->
            left.hasCapacityFor(request)
                && request.slots() > shares.getOrDefault(request.batch(), 0));
  }

  private static final class AccountQueue {

    private final List<SlotRequest> waiting = new ArrayList<>();
    private final Deque<SlotRequest> round = new ArrayDeque<>();
    private final Capacity supply;
    private int remaining;

    AccountQueue(Capacity supply, int remaining) {
      this.supply = supply;
      this.remaining = remaining;
    }

    void add(SlotRequest request) {
      waiting.add(request);
    }

    boolean takeOne(Map<UUID, Integer> shares) {
      if (remaining == 0 || !findRunnable()) {
        return false;
      }
      SlotRequest request = round.removeFirst();
      supply.take(request);
      remaining--;
      int share = shares.merge(request.batch(), 1, Integer::sum);
      if (share < request.slots()) {
        round.addLast(request);
      }
      return true;
    }

    /** Moves a batch to the front whose processor has capacity; false when there is none. */
    private boolean findRunnable() {
      while (true) {
        while (!round.isEmpty() && !supply.hasCapacityFor(round.getFirst())) {
          round.removeFirst();
        }
        if (!round.isEmpty() || !openNextPriority()) {
          return !round.isEmpty();
        }
      }
    }

    private boolean openNextPriority() {
      if (waiting.isEmpty()) {
        return false;
      }
      int highest = waiting.stream().mapToInt(SlotRequest::priority).max().getAsInt();
      waiting.stream().filter(request -> request.priority() == highest).forEach(round::addLast);
      waiting.removeIf(request -> request.priority() == highest);
      return true;
    }
  }
}
