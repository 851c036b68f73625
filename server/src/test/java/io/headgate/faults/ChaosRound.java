package io.headgate.faults;

import io.headgate.Await;
import io.headgate.faults.AttemptLog.AttemptEventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * One round of chaos: clients submit and cancel while a fault is injected. Then everything is
 * repaired, every batch finishes, and the responses are checked against the history.
 */
final class ChaosRound {

  /** The fault to inject. */
  enum InjectedFault {
    NODE_KILLED,
    TWO_NODES_KILLED,
    ALL_NODES_KILLED,
    NODE_STOPPED,
    NODE_FROZEN_PAST_ITS_LEASE,
    CONNECTIONS_CUT,
    POSTGRESQL_KILLED,
    POSTGRESQL_AND_A_NODE_KILLED
  }

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Cluster cluster;
  private final Random random;
  private final InjectedFault fault;
  private final List<RetryingClient> clients = new ArrayList<>();

  /** Runs the round; returns when every batch has finished. */
  ChaosRound(Cluster cluster, Random random) {
    this.cluster = cluster;
    this.random = random;
    this.fault = InjectedFault.values()[random.nextInt(InjectedFault.values().length)];
    int orders = 2 + random.nextInt(4);
    for (int i = 0; i < orders; i++) {
      clients.add(new RetryingClient(cluster, new Random(random.nextLong())));
    }
    run();
  }

  private void run() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> running =
          clients.stream().map(client -> CompletableFuture.runAsync(client, threads)).toList();
      CompletableFuture<Void> all =
          CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
      awaitSomeWork(all);
      injectFault();
      all.join();
    }
    clients.forEach(RetryingClient::awaitFinished);
  }

  private void awaitSomeWork(CompletableFuture<Void> all) {
    int items = clients.stream().mapToInt(RetryingClient::items).sum();
    long before = finished();
    long target = before + random.nextInt(items / 2 + 1);
    Await.until("some items have run", TIMEOUT, () -> all.isDone() || finished() >= target);
  }

  private long finished() {
    return cluster.history.count(AttemptEventType.FINISHED);
  }

  private void injectFault() {
    List<Integer> nodes = new ArrayList<>(List.of(0, 1, 2));
    java.util.Collections.shuffle(nodes, random);
    switch (fault) {
      case NODE_KILLED -> kill(nodes.subList(0, 1));
      case TWO_NODES_KILLED -> kill(nodes.subList(0, 2));
      case ALL_NODES_KILLED -> kill(nodes);
      case NODE_STOPPED -> {
        cluster.nodes.get(nodes.getFirst()).terminate();
        cluster.replace(nodes.getFirst());
      }
      case NODE_FROZEN_PAST_ITS_LEASE -> freeze(nodes.getFirst());
      case CONNECTIONS_CUT -> {
        int cuts = 1 + random.nextInt(20);
        for (int i = 0; i < cuts; i++) {
          cluster.cutConnections();
        }
      }
      case POSTGRESQL_KILLED -> {
        cluster.postgres.kill();
        cluster.postgres.start();
      }
      case POSTGRESQL_AND_A_NODE_KILLED -> {
        cluster.postgres.kill();
        cluster.nodes.get(nodes.getFirst()).kill();
        cluster.postgres.start();
        cluster.replace(nodes.getFirst());
      }
    }
  }

  private void kill(List<Integer> nodes) {
    nodes.forEach(node -> cluster.nodes.get(node).kill());
    nodes.forEach(cluster::replace);
  }

  private void freeze(int node) {
    int deadBefore = cluster.deadNodes();
    cluster.nodes.get(node).suspend();
    try {
      Await.until(
          "the frozen node is declared dead", TIMEOUT, () -> cluster.deadNodes() > deadBefore);
    } finally {
      cluster.nodes.get(node).resume();
    }
  }

  String fault() {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The submitted batches and their final states. */
  String summary() {
    return String.join("; ", clients.stream().map(RetryingClient::summary).toList());
  }

  List<String> violations() {
    return clients.stream().flatMap(client -> client.violations().stream()).toList();
  }
}
