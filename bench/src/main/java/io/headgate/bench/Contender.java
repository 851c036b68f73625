package io.headgate.bench;

import io.headgate.bench.Workload.Tally;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** One product with its jobs, for one cancel. */
interface Contender extends AutoCloseable {

  /** What queueing the jobs may take. */
  Duration LOADING = Duration.ofMinutes(15);

  /** Why there is no figure when it took longer. */
  String NOT_LOADED = "the jobs were not queued in " + LOADING.toMinutes() + " min";

  /** Queues so many jobs of one kind. None runs before {@link #start}, if the product can wait. */
  void load(int jobs) throws Exception;

  /** Lets {@link Workload#WORKERS} workers run them. */
  void start() throws Exception;

  Tally tally();

  /** Cancels all that is pending, and gives up after {@code limit}. */
  Cancelled cancel(Duration limit) throws Exception;

  /** Lets the long jobs end. */
  void release();

  /** What the product has on record now, in few words. */
  String left() throws Exception;

  /** Stops the workers and drops the database. */
  @Override
  void close() throws IOException, SQLException;

  /**
   * How a cancel went.
   *
   * @param cancelled jobs, as the product or the loop counts
   * @param reports what the product answered, in few words
   * @param before the jobs when it was asked for
   * @param answered the jobs when it was answered
   */
  record Cancelled(
      boolean finished,
      long cancelled,
      double millis,
      String reports,
      Tally before,
      Tally answered) {}
}
