package io.headgate.node;

import io.headgate.db.ClusterClock;
import io.headgate.db.ClusterDatabase;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.engine.Engine;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The maintenance tasks that every node has. */
final class NodeTasks {

  private static final Logger log = LoggerFactory.getLogger(NodeTasks.class);
  private static final Duration EACH_ROUND = Duration.ZERO;
  private static final Duration PROGRESS = Duration.ofSeconds(5);
  private static final Duration PARTITIONS = Duration.ofMinutes(10);

  private NodeTasks() {}

  static List<MaintenanceTask> of(ClusterDatabase cluster, Engine engine, ProgressWriter progress) {
    Database database = cluster.database();
    ClusterClock clock = cluster.clock();
    Partitions partitions = cluster.partitions();
    return List.of(
        new MaintenanceTask("clock", EACH_ROUND, now -> clock.adjust(database)),
        new MaintenanceTask("item-progress", EACH_ROUND, now -> progress.runOnce()),
        new MaintenanceTask("rescue", EACH_ROUND, now -> rescue(engine)),
        new MaintenanceTask("grace-periods", EACH_ROUND, now -> engine.abandonOverdue()),
        new MaintenanceTask("worker-timeouts", EACH_ROUND, now -> engine.timeOutRemote()),
        new MaintenanceTask("expiry", EACH_ROUND, now -> engine.expire()),
        new MaintenanceTask("bulk-cancels", EACH_ROUND, now -> engine.continueOperations()),
        new MaintenanceTask("rates", PROGRESS, now -> engine.recordRates()),
        new MaintenanceTask("account-sums", PROGRESS, now -> engine.addUpCredits()),
        new MaintenanceTask("progress-events", PROGRESS, now -> engine.writeProgressEvents()),
        new MaintenanceTask("new-partitions", PARTITIONS, partitions::ensure),
        new MaintenanceTask("old-partitions", PARTITIONS, partitions::drop));
  }

  private static void rescue(Engine engine) {
    int items = engine.rescueLost();
    if (items > 0) {
      log.warn("rescued {} items of dead nodes", items);
    }
  }
}
