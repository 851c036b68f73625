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

  /** A batch that can use {@code wants} slots. */
  record Want(UUID account, UUID batch, String processor, int priority, int wants) {}

  /**
   * The free capacity.
   *
   * @param slots for all
   * @param places for items of one processor; those without an entry have no limit
   * @param rooms what each account may still run; accounts without an entry have no limit
   */
  record Supply(int slots, Map<String, Integer> places, Map<UUID, Integer> rooms) {

    Supply {
      places = new HashMap<>(places);
    }

    private boolean hasPlace(Want want) {
      return places.getOrDefault(want.processor(), Integer.MAX_VALUE) > 0;
    }

    private void take(Want want) {
      places.computeIfPresent(want.processor(), (_, left) -> left - 1);
    }
  }

  private FairShare() {}

  /**
   * Slots per batch; batches that get none are left out.
   *
   * @param wants the accounts are served in the order in which they first appear here
   * @param supply its places are fewer afterwards
   */
  static Map<UUID, Integer> split(Supply supply, List<Want> wants) {
    Map<UUID, AccountQueue> queues = new LinkedHashMap<>();
    for (Want want : wants) {
      if (want.wants() > 0) {
        queues
            .computeIfAbsent(
                want.account(),
                account ->
                    new AccountQueue(
                        supply, supply.rooms().getOrDefault(account, Integer.MAX_VALUE)))
            .add(want);
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

  /** True when some batch wanted more than it got, and its processor has places for it. */
  static boolean unmet(Supply left, Collection<Want> wants, Map<UUID, Integer> shares) {
    return wants.stream()
        .anyMatch(
            want -> left.hasPlace(want) && want.wants() > shares.getOrDefault(want.batch(), 0));
  }

  private static final class AccountQueue {

    private final List<Want> waiting = new ArrayList<>();
    private final Deque<Want> round = new ArrayDeque<>();
    private final Supply supply;
    private int room;

    AccountQueue(Supply supply, int room) {
      this.supply = supply;
      this.room = room;
    }

    void add(Want want) {
      waiting.add(want);
    }

    boolean takeOne(Map<UUID, Integer> shares) {
      if (room == 0 || !findPlace()) {
        return false;
      }
      Want want = round.removeFirst();
      supply.take(want);
      room--;
      int share = shares.merge(want.batch(), 1, Integer::sum);
      if (share < want.wants()) {
        round.addLast(want);
      }
      return true;
    }

    /** Moves a batch to the front whose processor has capacity; false when there is none. */
    private boolean findPlace() {
      while (true) {
        while (!round.isEmpty() && !supply.hasPlace(round.getFirst())) {
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
      int highest = waiting.stream().mapToInt(Want::priority).max().getAsInt();
      waiting.stream().filter(want -> want.priority() == highest).forEach(round::addLast);
      waiting.removeIf(want -> want.priority() == highest);
      return true;
    }
  }
}
