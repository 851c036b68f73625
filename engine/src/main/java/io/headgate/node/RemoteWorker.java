package io.headgate.node;

import io.headgate.db.ClusterDatabase;
import io.headgate.db.Database;
import io.headgate.engine.AttemptReport;
import io.headgate.engine.Demand;
import io.headgate.engine.Engine;
import io.headgate.engine.ExchangeResult;
import io.headgate.engine.Exchanger;
import io.headgate.engine.NodeStoppedException;
import io.headgate.engine.StartedAttempt;
import io.headgate.engine.StopOrders;
import io.headgate.node.WorkerRequest.WorkerAttemptEnd;
import io.headgate.node.WorkerResponse.AssignedItem;
import io.headgate.node.WorkerResponse.RequestedStop;
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
 * database each time, because another server may have handled its last request.
 */
final class RemoteWorker {

  /** An item and the token of its claim. */
  private record HeldItem(long token, int ordinal) {
    static HeldItem of(StartedAttempt claim) {
      return new HeldItem(claim.token(), claim.ordinal());
    }
  }

  /**
   * The result of one exchange.
   *
   * @param worthReturning false when there is nothing to send to a worker that waits
   */
  record WorkerExchangeResult(WorkerResponse response, boolean worthReturning) {}

  private final Engine engine;
  private final Database database;
  private final InstantSource clock;
  private final UUID account;

  /** Serializes the requests of the worker: an exchanger is not thread-safe. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Set<HeldItem> reportedStops = new HashSet<>();
  private final Map<StopOrders.StoppedItem, Node.ItemProgress> progress = new ConcurrentHashMap<>();
  private @Nullable Exchanger exchanger;
  private long node;

  RemoteWorker(ClusterDatabase cluster, Engine engine, UUID account) {
    this.engine = engine;
    this.database = cluster.database();
    this.clock = cluster.clock();
    this.account = account;
  }

  /** Records a heartbeat, settles {@code results}, and claims items for the free slots. */
  WorkerExchangeResult heartbeatAndExchange(WorkerRequest order, List<WorkerAttemptEnd> results) {
    lock.lock();
    try {
      return exchange(order, results);
    } catch (NodeStoppedException e) {
      // Declared dead a moment after it joined. Nothing was settled; the results are refused now.
      return exchange(order, results);
    } finally {
      lock.unlock();
    }
  }

  private WorkerExchangeResult exchange(WorkerRequest order, List<WorkerAttemptEnd> results) {
    Exchanger workerExchanger = join(order);
    Map<HeldItem, StartedAttempt> running = new LinkedHashMap<>();
    workerExchanger.claimed().forEach(claim -> running.put(HeldItem.of(claim), claim));
    List<WorkerAttemptEnd> refused = new ArrayList<>();
    List<AttemptReport> settlements = new ArrayList<>();
    Instant now = clock.instant();
    for (WorkerAttemptEnd each : results) {
      StartedAttempt claim = running.remove(new HeldItem(each.token(), each.ordinal()));
      if (claim == null) {
        refused.add(each);
      } else {
        settlements.add(
            new AttemptReport(each.token(), claim.batchId(), each.ordinal(), each.result(), now));
      }
    }
    recordProgress(order.reports(), running);
    int free = Math.max(0, order.slots() - running.size());
    Demand demand = new Demand(free, List.of(order.processor()), account);
    ExchangeResult exchanged = workerExchanger.exchange(settlements, demand);
    exchanged
        .refused()
        .forEach(
            late -> refused.add(new WorkerAttemptEnd(late.token(), late.ordinal(), late.result())));
    List<AssignedItem> assigned =
        new LoadedItemStore(database)
            .load(exchanged.claims()).stream().map(AssignedItem::of).toList();
    List<RequestedStop> stops = stops(running.values().stream().toList());
    boolean news = !assigned.isEmpty() || !refused.isEmpty() || hasUnreported(stops);
    return new WorkerExchangeResult(new WorkerResponse(assigned, stops, refused), news);
  }

  /** The progress of an item; empty when this worker does not run it or has reported none. */
  Optional<Node.ItemProgress> progress(UUID batch, int ordinal) {
    return Optional.ofNullable(progress.get(new StopOrders.StoppedItem(batch, ordinal)));
  }

  private void recordProgress(
      List<WorkerRequest.AttemptProgress> reports, Map<HeldItem, StartedAttempt> running) {
    List<ProgressWriter.ProgressEntry> notes = new ArrayList<>();
    for (WorkerRequest.AttemptProgress report : reports) {
      StartedAttempt claim = running.get(new HeldItem(report.token(), report.ordinal()));
      if (claim != null
          && !report.progress().equals(progress.put(item(claim), report.progress()))) {
        notes.add(
            new ProgressWriter.ProgressEntry(report.token(), report.ordinal(), report.progress()));
      }
    }
    ProgressWriter.write(database, notes);
    progress
        .keySet()
        .retainAll(running.values().stream().map(RemoteWorker::item).collect(Collectors.toSet()));
  }

  private static StopOrders.StoppedItem item(StartedAttempt claim) {
    return new StopOrders.StoppedItem(claim.batchId(), claim.ordinal());
  }

  private Exchanger join(WorkerRequest order) {
    long id = engine.joinWorker(account, order.worker(), order.slots(), List.of(order.processor()));
    Exchanger workerExchanger = exchanger;
    if (workerExchanger == null || id != node) {
      workerExchanger = engine.exchanger(id);
      exchanger = workerExchanger;
      node = id;
    }
    return workerExchanger;
  }

  private List<RequestedStop> stops(List<StartedAttempt> running) {
    StopOrders orders =
        engine.stopOrders(
            running.stream().map(StartedAttempt::batchId).collect(Collectors.toSet()));
    List<RequestedStop> stops = new ArrayList<>();
    for (StartedAttempt claim : running) {
      Instant batchStop = orders.batches().get(claim.batchId());
      Instant itemStop = orders.items().get(item(claim));
      Instant dueAt = batchStop != null ? batchStop : itemStop;
      if (dueAt != null) {
        stops.add(new RequestedStop(claim, dueAt));
      }
    }
    return stops;
  }

  private boolean hasUnreported(List<RequestedStop> stops) {
    Set<HeldItem> now =
        stops.stream().map(stop -> HeldItem.of(stop.claim())).collect(Collectors.toSet());
    reportedStops.retainAll(now);
    return reportedStops.addAll(now);
  }
}
