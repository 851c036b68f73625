package io.headgate;

import io.headgate.config.Config;
import io.headgate.db.ClusterDatabase;
import io.headgate.db.Database;
import io.headgate.db.LocalPostgres;

/** Opens the database: the operator's, or one of the server's own in the data folder. */
final class DatabaseModule {

  private DatabaseModule() {}

  /** Opens the database of the cluster, its schema migrated to this version. */
  static ClusterDatabase open(CloseableStack parts, Config.StorageConfig storage) {
    Database database = openMigrated(parts, storage);
    return parts.add(new ClusterDatabase(database, storage.partitionInterval()));
  }

  /** Migrates the schema and closes the database again. */
  static void migrate(Config.StorageConfig storage) {
    try (CloseableStack parts = new CloseableStack()) {
      openMigrated(parts, storage);
    }
  }

  private static Database openMigrated(CloseableStack parts, Config.StorageConfig storage) {
    Database database =
        parts.add(
            Database.open(
                storage.externalDatabase().orElseGet(() -> startEmbedded(parts, storage))));
    database.migrate();
    return database;
  }

  private static Database.DatabaseAddress startEmbedded(
      CloseableStack parts, Config.StorageConfig storage) {
    return parts
        .add(LocalPostgres.startUntilClosed(storage.dataFolder().resolve("postgresql")))
        .address("postgres", storage.connections());
  }
}
