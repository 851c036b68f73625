package io.headgate.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool of connections to PostgreSQL 15 or newer, and the transactions on them. */
public final class Database implements AutoCloseable {

  /** Where the database is and how many connections this process may hold. */
  public record Address(String jdbcUrl, String user, String password, int connections) {
    @Override
    public String toString() {
      return jdbcUrl;
    }
  }

  /**
   * A process that stands still in the middle of a transaction, frozen or cut off, loses it after
   * this: its locks would hold up every other node for as long as it stands.
   */
  static final Duration LONGEST_IDLE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final Address address;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final NotificationSender notifications;
  private final List<Consumer<Signal>> hearers = new CopyOnWriteArrayList<>();

  private Database(Address address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    jdbi.registerArgument((ArgumentFactory) new InstantArguments());
    jdbi.registerColumnMapper(new InstantColumns());
    jdbi.registerArrayType(java.util.UUID.class, "uuid");
    jdbi.registerArrayType(java.time.Instant.class, "timestamptz", InstantArguments::offset);
    jdbi.registerArrayType(Integer.class, "integer");
    jdbi.registerArrayType(Long.class, "bigint");
    jdbi.registerArrayType(Boolean.class, "boolean");
    jdbi.registerArrayType(String.class, "text");
    notifications = new NotificationSender(jdbi);
  }

  /**
   * Opens the pool; the schema is not touched.
   *
   * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException when nothing answers
   *     there
   */
  public static Database open(Address address) {
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
    // What a client sent stays out of messages, and so out of the log.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty(
        "options", "-c jit=off -c idle_in_transaction_session_timeout=" + LONGEST_IDLE.toMillis());
    return new Database(address, new HikariDataSource(config));
  }

  /** Brings the schema to this version; several nodes may call it at once. */
  public void migrate() {
    // On connections of its own: it holds a lock on one while it works on another.
    Flyway.configure()
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  /** Runs {@code work} in one READ COMMITTED transaction: all of it commits, or none. */
  public <T> T inTransaction(Function<Tx, T> work) {
    return inTransactionIf(work, answer -> true);
  }

  /** The same, for work that answers nothing. */
  public void useTransaction(Consumer<Tx> work) {
    inTransaction(tx -> {
      work.accept(tx);
      return true;
    });
  }

  /** Runs {@code work} in a transaction that commits only when its answer is {@code wanted}. */
  public <T> T inTransactionIf(Function<Tx, T> work, Predicate<T> wanted) {
    List<Signal> said = new ArrayList<>();
    T answer =
        jdbi.inTransaction(handle -> {
          Tx tx = new Tx(handle);
          T result = work.apply(tx);
          if (wanted.test(result)) {
            said.addAll(tx.said());
          } else {
            handle.rollback();
          }
          return result;
        });
    said.forEach(this::tell);
    notifications.send(said);
    return answer;
  }

  /** It has been committed: whatever a hearer throws must not look like a failed transaction. */
  private void tell(Signal signal) {
    for (Consumer<Signal> hearer : hearers) {
      try {
        hearer.accept(signal);
      } catch (RuntimeException e) {
        log.error("{} was not heard here", signal, e);
      }
    }
  }

  /**
   * Calls {@code hearer} with what transactions of this process said, as soon as they have
   * committed and on their thread: sooner than NOTIFY brings it.
   */
  void hear(Consumer<Signal> hearer) {
    hearers.add(hearer);
  }

  /** Runs reads that see one and the same moment, however long they take. */
  public <T> T inSnapshot(Function<Tx, T> work) {
    return jdbi.inTransaction(
        org.jdbi.v3.core.transaction.TransactionIsolationLevel.REPEATABLE_READ,
        handle -> work.apply(new Tx(handle)));
  }

  /** Runs single statements, each its own transaction. */
  public <T> T read(Function<Tx, T> work) {
    return jdbi.withHandle(handle -> work.apply(new Tx(handle)));
  }

  /** Asks the database for a sign of life; throws whatever keeps it from answering. */
  public void ping() {
    read(tx -> tx.query("select 1").mapTo(Integer.class).one());
  }

  public Address address() {
    return address;
  }

  @Override
  public void close() {
    notifications.close();
    pool.close();
  }
}
