package io.headgate.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Splits free slots: one at a time round-robin over accounts, within an account over its batches of
 * the highest priority, the next priority only when those want no more.
 */
final class FairShare {

  /** A batch that could use {@code wants} slots. */
  record Want(UUID account, UUID batch, int priority, int wants) {}

  private FairShare() {}

  /**
   * Slots per batch; batches that get none are left out.
   *
   * @param wants the accounts are served in the order in which they first appear here
   * @param room what each account may still run; accounts without an entry have no limit
   */
  static Map<UUID, Integer> split(int slots, List<Want> wants, Map<UUID, Integer> room) {
    Map<UUID, AccountQueue> queues = new LinkedHashMap<>();
    for (Want want : wants) {
      if (want.wants() > 0) {
        queues
            .computeIfAbsent(
                want.account(),
                account -> new AccountQueue(room.getOrDefault(account, Integer.MAX_VALUE)))
            .add(want);
      }
    }
    Map<UUID, Integer> shares = new LinkedHashMap<>();
    Deque<AccountQueue> round = new ArrayDeque<>(queues.values());
    int left = slots;
    while (left > 0 && !round.isEmpty()) {
      AccountQueue queue = round.removeFirst();
      if (queue.takeOne(shares)) {
        left--;
        round.addLast(queue);
      }
    }
    return shares;
  }

  /** True when some batch wanted more than it got. */
  static boolean unmet(Collection<Want> wants, Map<UUID, Integer> shares) {
    return wants.stream().anyMatch(want -> want.wants() > shares.getOrDefault(want.batch(), 0));
  }

  private static final class AccountQueue {

    private final List<Want> waiting = new ArrayList<>();
    private final Deque<Want> round = new ArrayDeque<>();
    private int room;

    AccountQueue(int room) {
      this.room = room;
    }

    void add(Want want) {
      waiting.add(want);
    }

    boolean takeOne(Map<UUID, Integer> shares) {
      if (room == 0 || (round.isEmpty() && !openNextPriority())) {
        return false;
      }
      Want want = round.removeFirst();
      room--;
      int share = shares.merge(want.batch(), 1, Integer::sum);
      if (share < want.wants()) {
        round.addLast(want);
      }
      return true;
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
