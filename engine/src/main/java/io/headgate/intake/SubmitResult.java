package io.headgate.intake;

import io.headgate.batch.Violation;
import java.util.List;
import java.util.UUID;

/** The result of a submit. Nothing is stored unless it is {@link Submitted}. */
public sealed interface SubmitResult {

  /** The batch and all its items are stored and will run. */
  record Submitted(UUID id, int total, Rejected rejected) implements SubmitResult {}

  /**
   * Invalid lines that were skipped.
   *
   * @param first the first 1,000 by line number
   * @param count the number of all
   */
  record Rejected(List<InvalidLine> first, long count) {
    public Rejected {
      first = List.copyOf(first);
    }
  }

  /** Invalid lines, of which {@code first} has the first ones by line number. */
  record InvalidItems(List<InvalidLine> first) implements SubmitResult {
    public InvalidItems {
      first = List.copyOf(first);
    }
  }

  /** The options refer to something that does not exist. */
  record InvalidOptions(List<Violation> violations) implements SubmitResult {
    public InvalidOptions {
      violations = List.copyOf(violations);
    }
  }

  /** The source has no items. */
  record NoItems() implements SubmitResult {}

  /** The source has more than {@code limit} items. */
  record TooManyItems(int limit) implements SubmitResult {}

  /** The account has too few credits. */
  record SubmitInsufficientCredits(long needed, long available) implements SubmitResult {}

  /** The account has {@code limit} unfinished batches already. */
  record SubmitTooManyPending(int limit) implements SubmitResult {}
}
