package io.headgate.intake;

import io.headgate.batch.Violation;
import java.util.List;
import java.util.UUID;

/** What a submit came to. Anything but {@code Submitted} has stored nothing. */
public sealed interface SubmitResult {

  /** The batch and all its items are stored and will run. */
  record Submitted(UUID id, int total, Rejected rejected) implements SubmitResult {}

  /**
   * Bad lines that were passed over.
   *
   * @param first the first 1,000, by line
   * @param count how many there were
   */
  record Rejected(List<BadLine> first, long count) {
    public Rejected {
      first = List.copyOf(first);
    }
  }

  /** The first bad lines, by line. */
  record InvalidItems(List<BadLine> first) implements SubmitResult {
    public InvalidItems {
      first = List.copyOf(first);
    }
  }

  /** The options name something that is not there. */
  record InvalidOptions(List<Violation> violations) implements SubmitResult {
    public InvalidOptions {
      violations = List.copyOf(violations);
    }
  }

  record NoItems() implements SubmitResult {}

  /** More than {@code limit} items. */
  record TooManyItems(int limit) implements SubmitResult {}

  /** Credits do not cover it: {@code needed} against {@code available}, in credits. */
  record InsufficientCredits(long needed, long available) implements SubmitResult {}

  /** The account has {@code limit} live batches already. */
  record TooManyPending(int limit) implements SubmitResult {}
}
