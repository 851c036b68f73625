package io.headgate.bench;

import io.headgate.bench.Workload.Tally;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** One job queue with its jobs, for one cancel. */
interface Competitor extends AutoCloseable {

  /** Time limit for queueing the jobs. */
  Duration LOAD_TIMEOUT = Duration.ofMinutes(15);

  /** The reason in the table when queueing exceeds {@link #LOAD_TIMEOUT}. */
  String NOT_LOADED = "the jobs were not queued in " + LOAD_TIMEOUT.toMinutes() + " min";

  /** Queues jobs of one kind. None runs before {@link #start} if the product supports that. */
  void load(int jobs) throws Exception;

  /** Starts {@link Workload#WORKERS} workers. */
  void start() throws Exception;

  Tally tally();

  /** Cancels all pending jobs and stops after {@code limit}. */
  CancelResult cancel(Duration limit) throws Exception;

  /** Lets the long jobs end. */
  void release();

  /** A summary of what the product has on record now. */
  String finalState() throws Exception;

  /** Stops the workers and drops the database. */
  @Override
  void close() throws IOException, SQLException;

  /**
   * The result of a cancel.
   *
   * @param cancelled the number of cancelled jobs, as the product or the loop counts them
   * @param reports a summary of what the product returned
   * @param before the jobs at the time of the request
   * @param after the jobs at the time of the response
   */
  record CancelResult(
      boolean finished, long cancelled, double millis, String reports, Tally before, Tally after) {}
}
