package io.headgate.faults;

import io.headgate.Await;
import io.headgate.faults.History.What;
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
  enum Fault {
    NODE_KILLED,
    TWO_NODES_KILLED,
    ALL_NODES_KILLED,
    NODE_STOPPED,
    NODE_FROZEN_PAST_ITS_LEASE,
    CONNECTIONS_CUT,
    POSTGRESQL_KILLED,
    POSTGRESQL_AND_A_NODE_KILLED
  }

  private static final Duration LONG = Duration.ofMinutes(2);

  private final Cluster cluster;
  private final Random random;
  private final Fault fault;
  private final List<ObstinateClient> clients = new ArrayList<>();

  /** Runs the round; returns when every batch has finished. */
  ChaosRound(Cluster cluster, Random random) {
    this.cluster = cluster;
    this.random = random;
    this.fault = Fault.values()[random.nextInt(Fault.values().length)];
    int orders = 2 + random.nextInt(4);
    for (int i = 0; i < orders; i++) {
      clients.add(new ObstinateClient(cluster, new Random(random.nextLong())));
    }
    play();
  }

  private void play() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> served =
          clients.stream().map(client -> CompletableFuture.runAsync(client, threads)).toList();
      CompletableFuture<Void> all =
          CompletableFuture.allOf(served.toArray(CompletableFuture[]::new));
      awaitSomeWork(all);
      strike();
      all.join();
    }
    clients.forEach(ObstinateClient::awaitEnd);
  }

  private void awaitSomeWork(CompletableFuture<Void> all) {
    int items = clients.stream().mapToInt(ObstinateClient::items).sum();
    long before = finished();
    long wanted = before + random.nextInt(items / 2 + 1);
    Await.until("some items have run", LONG, () -> all.isDone() || finished() >= wanted);
  }

  private long finished() {
    return cluster.history.count(What.FINISHED);
  }

  private void strike() {
    List<Integer> places = new ArrayList<>(List.of(0, 1, 2));
    java.util.Collections.shuffle(places, random);
    switch (fault) {
      case NODE_KILLED -> kill(places.subList(0, 1));
      case TWO_NODES_KILLED -> kill(places.subList(0, 2));
      case ALL_NODES_KILLED -> kill(places);
      case NODE_STOPPED -> {
        cluster.nodes.get(places.getFirst()).terminate();
        cluster.replace(places.getFirst());
      }
      case NODE_FROZEN_PAST_ITS_LEASE -> freeze(places.getFirst());
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
        cluster.nodes.get(places.getFirst()).kill();
        cluster.postgres.start();
        cluster.replace(places.getFirst());
      }
    }
  }

  private void kill(List<Integer> places) {
    places.forEach(place -> cluster.nodes.get(place).kill());
    places.forEach(cluster::replace);
  }

  private void freeze(int place) {
    int dead = cluster.deadNodes();
    cluster.nodes.get(place).freeze();
    try {
      Await.until("the frozen node is declared dead", LONG, () -> cluster.deadNodes() > dead);
    } finally {
      cluster.nodes.get(place).thaw();
    }
  }

  String fault() {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The submitted batches and their final states. */
  String summary() {
    return String.join("; ", clients.stream().map(ObstinateClient::summary).toList());
  }

  List<String> violations() {
    return clients.stream().flatMap(client -> client.violations().stream()).toList();
  }
}
