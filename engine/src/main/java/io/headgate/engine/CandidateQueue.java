package io.headgate.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** The batches of one account that have something to claim, in the order of service. */
final class CandidateQueue {

  static final CandidateQueue EMPTY = new CandidateQueue();

  /**
   * Items of one batch that one exchange claims, when other batches of the account wait: then they
   * get their share one after the other, not all a little at once.
   */
  private static final int MOST_ITEMS = 128;

  /** Batches of one account in one exchange. */
  private static final int MOST_BATCHES = 128;

  private static final class Entry {
    private final UUID batch;
    private final int priority;
    private int wanted;

    Entry(UUID batch, int priority, int wanted) {
      this.batch = batch;
      this.priority = priority;
      this.wanted = wanted;
    }
  }

  /** Of descending priority. */
  private final List<Entry> entries = new ArrayList<>();

  void add(UUID batch, int priority, int wanted) {
    entries.add(new Entry(batch, priority, Math.max(1, wanted)));
  }

  List<UUID> batches() {
    return entries.stream().map(entry -> entry.batch).toList();
  }

  /** True when the batches are known to have work for so many slots. */
  boolean covers(int slots) {
    long wanted = 0;
    for (Entry entry : entries) {
      wanted += entry.wanted;
    }
    return wanted >= slots;
  }

  /** The next batches, enough of them to fill so many slots. */
  List<UUID> next(int slots) {
    List<UUID> chosen = new ArrayList<>();
    int covered = 0;
    for (Entry entry : entries) {
      if (covered >= slots || chosen.size() == MOST_BATCHES) {
        break;
      }
      chosen.add(entry.batch);
      covered += Math.min(entry.wanted, MOST_ITEMS);
    }
    return chosen;
  }

  /**
   * Notes that a batch was served: it goes behind the others of its priority, or out when nothing
   * of it is left. True when it is of the highest priority.
   */
  boolean served(UUID batch, int claimed) {
    Entry found = null;
    for (Iterator<Entry> all = entries.iterator(); all.hasNext() && found == null; ) {
      Entry entry = all.next();
      if (entry.batch.equals(batch)) {
        found = entry;
        all.remove();
      }
    }
    if (found == null) {
      return false;
    }
    boolean top = entries.isEmpty() || entries.getFirst().priority <= found.priority;
    found.wanted -= claimed;
    if (claimed > 0 && found.wanted > 0) {
      entries.add(endOf(found.priority), found);
    }
    return top;
  }

  private int endOf(int priority) {
    int end = 0;
    while (end < entries.size() && entries.get(end).priority >= priority) {
      end++;
    }
    return end;
  }
}
