package io.headgate.node;

import io.headgate.db.Database;
import io.headgate.engine.Claimed;
import io.headgate.engine.Demand;
import io.headgate.engine.Engine;
import io.headgate.engine.Exchanged;
import io.headgate.engine.Exchanger;
import io.headgate.engine.NodeStopped;
import io.headgate.engine.Settlement;
import io.headgate.engine.StopOrders;
import io.headgate.node.WorkerOrder.Ended;
import io.headgate.node.WorkerTurn.Given;
import io.headgate.node.WorkerTurn.Stop;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One remote worker that exchanges with this server. The items that it runs are read from the
 * database each time, because its last request may have gone to another server.
 */
final class RemoteWorker {

  /** An item and the token of its claim. */
  private record Held(long token, int ordinal) {
    static Held of(Claimed claim) {
      return new Held(claim.token(), claim.ordinal());
    }
  }

  /**
   * The result of one exchange.
   *
   * @param news false when there is nothing to send to a worker that waits
   */
  record Look(WorkerTurn turn, boolean news) {}

  private final Engine engine;
  private final Database database;
  private final InstantSource clock;
  private final UUID account;

  /** Serializes the requests of the worker: an exchanger is not thread-safe. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Set<Held> told = new HashSet<>();
  private final Map<StopOrders.Item, Node.Progress> progress = new ConcurrentHashMap<>();
  private @Nullable Exchanger exchanger;
  private long node;

  RemoteWorker(Node.Ground ground, UUID account) {
    this.engine = ground.engine();
    this.database = ground.database();
    this.clock = ground.clock();
    this.account = account;
  }

  /** Records a heartbeat, settles {@code ended}, and claims items for the free slots. */
  Look look(WorkerOrder order, List<Ended> ended) {
    lock.lock();
    try {
      return exchange(order, ended);
    } catch (NodeStopped e) {
      // Declared dead a moment after it joined. Nothing was settled; the results are refused now.
      return exchange(order, ended);
    } finally {
      lock.unlock();
    }
  }

  private Look exchange(WorkerOrder order, List<Ended> ended) {
    Exchanger mine = join(order);
    Map<Held, Claimed> running = new LinkedHashMap<>();
    mine.held().forEach(claim -> running.put(Held.of(claim), claim));
    List<Ended> refused = new ArrayList<>();
    List<Settlement> settlements = new ArrayList<>();
    Instant now = clock.instant();
    for (Ended each : ended) {
      Claimed claim = running.remove(new Held(each.token(), each.ordinal()));
      if (claim == null) {
        refused.add(each);
      } else {
        settlements.add(
            new Settlement(each.token(), claim.batchId(), each.ordinal(), each.ending(), now));
      }
    }
    remember(order.reports(), running);
    int free = Math.max(0, order.slots() - running.size());
    Demand demand = new Demand(free, List.of(order.processor()), account);
    Exchanged exchanged = mine.exchange(settlements, demand);
    exchanged
        .refused()
        .forEach(late -> refused.add(new Ended(late.token(), late.ordinal(), late.ending())));
    List<Given> given =
        new WorkStore(database).load(exchanged.claims()).stream().map(Given::of).toList();
    List<Stop> stops = stops(running.values().stream().toList());
    boolean news = !given.isEmpty() || !refused.isEmpty() || untold(stops);
    return new Look(new WorkerTurn(given, stops, refused), news);
  }

  /** The progress of an item; empty when this worker does not run it or has reported none. */
  Optional<Node.Progress> progress(UUID batch, int ordinal) {
    return Optional.ofNullable(progress.get(new StopOrders.Item(batch, ordinal)));
  }

  private void remember(List<WorkerOrder.Report> reports, Map<Held, Claimed> running) {
    List<ProgressNotes.Note> notes = new ArrayList<>();
    for (WorkerOrder.Report report : reports) {
      Claimed claim = running.get(new Held(report.token(), report.ordinal()));
      if (claim != null
          && !report.progress().equals(progress.put(item(claim), report.progress()))) {
        notes.add(new ProgressNotes.Note(report.token(), report.ordinal(), report.progress()));
      }
    }
    ProgressNotes.write(database, notes);
    progress
        .keySet()
        .retainAll(running.values().stream().map(RemoteWorker::item).collect(Collectors.toSet()));
  }

  private static StopOrders.Item item(Claimed claim) {
    return new StopOrders.Item(claim.batchId(), claim.ordinal());
  }

  private Exchanger join(WorkerOrder order) {
    long id = engine.joinWorker(account, order.worker(), order.slots(), List.of(order.processor()));
    Exchanger mine = exchanger;
    if (mine == null || id != node) {
      mine = engine.exchanger(id);
      exchanger = mine;
      node = id;
    }
    return mine;
  }

  private List<Stop> stops(List<Claimed> running) {
    StopOrders orders =
        engine.stopOrders(running.stream().map(Claimed::batchId).collect(Collectors.toSet()));
    List<Stop> stops = new ArrayList<>();
    for (Claimed claim : running) {
      Instant whole = orders.batches().get(claim.batchId());
      Instant single = orders.items().get(item(claim));
      Instant dueAt = whole != null ? whole : single;
      if (dueAt != null) {
        stops.add(new Stop(claim, dueAt));
      }
    }
    return stops;
  }

  private boolean untold(List<Stop> stops) {
    Set<Held> now = stops.stream().map(stop -> Held.of(stop.claim())).collect(Collectors.toSet());
    told.retainAll(now);
    return told.addAll(now);
  }
}
