package io.headgate.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool of connections to PostgreSQL 15 or newer, and the transactions on them. */
public final class Database implements AutoCloseable {

  /**
   * Where the database is and how many connections this process may hold.
   *
   * @param location where the database is, for messages: {@code at} its URL or {@code in} its
   *     folder
   */
  public record DatabaseAddress(
      String jdbcUrl, String user, String password, int connections, String location) {

    /** The address of a database that its URL locates. */
    public DatabaseAddress(String jdbcUrl, String user, String password, int connections) {
      this(jdbcUrl, user, password, connections, "at " + withoutParameters(jdbcUrl));
    }

    /** Parameters may contain secrets. */
    private static String withoutParameters(String jdbcUrl) {
      return jdbcUrl.replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
    }

    @Override
    public String toString() {
      return jdbcUrl;
    }
  }

  /**
   * PostgreSQL ends a transaction in which this process was idle for so long, because it is frozen
   * or cut off: the locks of that transaction would block every other node.
   */
  static final Duration LONGEST_IDLE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final DatabaseAddress address;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final NotificationSender notifications;
  private final List<Consumer<Signal>> subscribers = new CopyOnWriteArrayList<>();

  private Database(DatabaseAddress address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    jdbi.registerArgument((ArgumentFactory) new InstantArgumentFactory());
    jdbi.registerColumnMapper(new InstantColumnMapper());
    jdbi.registerArrayType(java.util.UUID.class, "uuid");
    jdbi.registerArrayType(java.time.Instant.class, "timestamptz", InstantArgumentFactory::offset);
    jdbi.registerArrayType(Integer.class, "integer");
    jdbi.registerArrayType(Long.class, "bigint");
    jdbi.registerArrayType(Boolean.class, "boolean");
    jdbi.registerArrayType(String.class, "text");
    notifications = new NotificationSender(jdbi);
  }

  /**
   * Opens the pool. Does not touch the schema.
   *
   * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException when the database does
   *     not respond at the address
   */
  public static Database open(DatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(address.connections());
    config.setMinimumIdle(Math.min(2, address.connections()));
    config.setPoolName("headgate-db");
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    config.addDataSourceProperty("ApplicationName", "headgate");
    config.addDataSourceProperty("preparedStatementCacheQueries", "512");
    config.addDataSourceProperty("prepareThreshold", "3");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("stringtype", "unspecified");
    // Keeps values that clients sent out of exception messages and the log.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty(
        "options", "-c jit=off -c idle_in_transaction_session_timeout=" + LONGEST_IDLE.toMillis());
    return new Database(address, new HikariDataSource(config));
  }

  /**
   * Migrates the schema to this version. Several nodes may call it at once.
   *
   * @throws IncompatibleSchemaException when another build migrated the database in a way that this
   *     build does not know
   */
  public void migrate() {
    // Flyway has its own connections: it holds a lock on one while it works on another.
    Flyway flyway =
        Flyway.configure()
            .dataSource(address.jdbcUrl(), address.user(), address.password())
            .locations("classpath:db/migration")
            .load();
    refuseUnknownMigrations(flyway.info().applied());
    flyway.migrate();
  }

  /** Changed migrations come first: a changed database may also have more of them than exist. */
  private void refuseUnknownMigrations(MigrationInfo[] applied) {
    if (!Arrays.stream(applied).allMatch(MigrationInfo::isChecksumMatching)) {
      throw IncompatibleSchemaException.ofEarlierBuild(address);
    }
    if (!Arrays.stream(applied).allMatch(migration -> migration.getState().isResolved())) {
      throw IncompatibleSchemaException.ofNewerBuild(address);
    }
  }

  /** Runs {@code work} in one READ COMMITTED transaction: all of it commits, or none. */
  public <T> T inTransaction(Function<Tx, T> work) {
    return inTransactionIf(work, answer -> true);
  }

  /** As {@link #inTransaction}, for work without a result. */
  public void useTransaction(Consumer<Tx> work) {
    inTransaction(tx -> {
      work.accept(tx);
      return true;
    });
  }

  /**
   * Runs {@code work} in a transaction that rolls back unless {@code condition} accepts the result.
   */
  public <T> T inTransactionIf(Function<Tx, T> work, Predicate<T> condition) {
    List<Signal> signals = new ArrayList<>();
    T outcome =
        jdbi.inTransaction(handle -> {
          Tx tx = new Tx(handle);
          T result = work.apply(tx);
          if (condition.test(result)) {
            signals.addAll(tx.pendingSignals());
          } else {
            handle.rollback();
          }
          return result;
        });
    signals.forEach(this::publish);
    notifications.send(signals);
    return outcome;
  }

  /** The transaction has committed: an exception of a subscriber must not look like its failure. */
  private void publish(Signal signal) {
    for (Consumer<Signal> subscriber : subscribers) {
      try {
        subscriber.accept(signal);
      } catch (RuntimeException e) {
        log.error("a subscriber failed on {}", signal, e);
      }
    }
  }

  /**
   * Calls {@code subscriber} with every signal of this process's transactions, on their thread and
   * right after the commit. NOTIFY delivers the same signals later.
   */
  void subscribe(Consumer<Signal> subscriber) {
    subscribers.add(subscriber);
  }

  /**
   * Runs queries that all see the database as it is at the first of them, however long they take.
   * PostgreSQL refuses to write here. The isolation level is set together with the begin: one round
   * trip, and nothing to reset on the connection afterwards.
   */
  public <T> T inSnapshot(Function<Snapshot, T> work) {
    return jdbi.inTransaction(handle -> {
      handle.execute("set transaction isolation level repeatable read, read only");
      return work.apply(new Snapshot(handle));
    });
  }

  /**
   * Runs queries outside a transaction: one round trip each. Each sees the database as it is when
   * that query starts, so a read of several queries may see several moments; use {@link
   * #inSnapshot} where they must agree.
   */
  public <T> T read(Function<Snapshot, T> work) {
    return jdbi.withHandle(handle -> work.apply(new Snapshot(handle)));
  }

  /**
   * Runs statements that PostgreSQL refuses inside a transaction, such as {@code detach partition …
   * concurrently}, on one connection. Each statement commits by itself.
   */
  <T> T withoutTransaction(Function<Handle, T> work) {
    return jdbi.withHandle(work::apply);
  }

  /** Runs a trivial query; throws when the database does not respond. */
  public void ping() {
    read(tx -> tx.query("select 1").mapTo(Integer.class).one());
  }

  public DatabaseAddress address() {
    return address;
  }

  @Override
  public void close() {
    notifications.close();
    pool.close();
  }
}
