package io.headgate.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the invalid lines of one submit: the first ones by line number, and their count. */
final class InvalidLines {

  private InvalidLinePolicy policy;
  private final List<InvalidLine> reported = new ArrayList<>();
  private long count;

  InvalidLines(InvalidLinePolicy policy) {
    this.policy = policy;
  }

  /** Adds invalid lines, in any order. */
  void add(List<InvalidLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    count += lines.size();
    reported.addAll(lines);
    reported.sort(Comparator.comparingLong(InvalidLine::line));
    if (reported.size() > policy.maxReported()) {
      reported.subList(policy.maxReported(), reported.size()).clear();
    }
  }

  /** Adds {@code total} invalid lines, of which {@code lines} contains the first. */
  void add(List<InvalidLine> lines, long total) {
    add(lines);
    count += total - lines.size();
  }

  /** Refuses the whole batch, regardless of the policy. */
  void refuseBatch() {
    policy = InvalidLinePolicy.REFUSE;
  }

  boolean hasAny() {
    return count > 0;
  }

  /** Whether the batch is refused, so that nothing of it will be stored. */
  boolean isBatchRefused() {
    return hasAny() && policy == InvalidLinePolicy.REFUSE;
  }

  /** Whether the result is final, regardless of the following lines. */
  boolean isResultFinal() {
    return isBatchRefused() && count >= policy.maxReported();
  }

  InvalidLinePolicy policy() {
    return policy;
  }

  SubmitResult.InvalidItems toInvalidItems() {
    return new SubmitResult.InvalidItems(
        reported.subList(0, Math.min(reported.size(), InvalidLinePolicy.REFUSE.maxReported())));
  }

  SubmitResult.Rejected toRejected() {
    return new SubmitResult.Rejected(reported, count);
  }
}
