package io.headgate;

import io.headgate.access.AccessFilter;
import io.headgate.access.ApiKeys;
import io.headgate.access.Bootstrap;
import io.headgate.access.Idempotency;
import io.headgate.access.RateLimits;
import io.headgate.api.admin.AdminOperations;
import io.headgate.config.Config;
import io.headgate.credit.Accounts;
import io.headgate.db.ClusterDatabase;
import io.headgate.node.MaintenanceTask;
import io.headgate.node.Node;
import io.headgate.node.NodeHealth;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Accounts, keys, and the filter that every request with a key passes. */
final class AccessModule {

  private static final Duration CLEANUP_INTERVAL = Duration.ofMinutes(10);

  private final Accounts accounts;
  private final ApiKeys keys;
  private final AccessFilter filter;

  AccessModule(ClusterDatabase cluster, Config.HttpConfig config, Node node) {
    accounts = new Accounts(cluster.database(), cluster.clock());
    keys = new ApiKeys(cluster.database(), cluster.clock());
    Idempotency idempotency = new Idempotency(cluster.database(), cluster.clock(), node::id);
    node.addTask(
        new MaintenanceTask(
            "old-idempotency-keys", CLEANUP_INTERVAL, now -> idempotency.deleteOld()));
    RateLimits limits =
        new RateLimits(config.requestsPerMinute(), config.failedAuthenticationsPerMinute());
    filter = new AccessFilter(keys, idempotency, limits);
  }

  /** Creates the account and the admin key that a new installation starts with. */
  static void bootstrap(ClusterDatabase cluster, Config.StorageConfig config) {
    Accounts accounts = new Accounts(cluster.database(), cluster.clock());
    ApiKeys keys = new ApiKeys(cluster.database(), cluster.clock());
    new Bootstrap(cluster.database(), accounts, keys, cluster.clock())
        .run(secret -> AdminKeyFile.write(config.dataFolder(), secret));
  }

  /** What the probes show. They are open, but metrics need a key where {@code keyRequired}. */
  AdminOperations.Probes probes(
      BooleanSupplier ready,
      NodeHealth health,
      PrometheusMeterRegistry metrics,
      boolean keyRequired) {
    return new AdminOperations.Probes(
        ready, health::failed, health::loops, metrics, filter, keyRequired);
  }

  Accounts accounts() {
    return accounts;
  }

  ApiKeys keys() {
    return keys;
  }

  AccessFilter filter() {
    return filter;
  }
}
