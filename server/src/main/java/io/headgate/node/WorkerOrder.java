package io.headgate.node;

import io.headgate.batch.Ending;
import java.time.Duration;
import java.util.List;

/**
 * What a remote worker says in one turn.
 *
 * @param worker its name, its own among the workers of its account
 * @param processor whose items it runs
 * @param slots items it runs at once, those it holds already among them
 * @param patience how long it waits when there is nothing to tell it
 * @param ended what it has finished
 * @param reports how far it is with what it runs
 */
public record WorkerOrder(
    String worker,
    String processor,
    int slots,
    Duration patience,
    List<Ended> ended,
    List<Report> reports) {

  public WorkerOrder {
    ended = List.copyOf(ended);
    reports = List.copyOf(reports);
  }

  /** How far one running attempt is. */
  public record Report(long token, int ordinal, Node.Progress progress) {}

  /**
   * One attempt that ended.
   *
   * @param token of the claim it was given with
   */
  public record Ended(long token, int ordinal, Ending ending) {}
}
