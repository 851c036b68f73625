package io.headgate.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The bad lines of one submit: the first of them by line, and how many. */
final class BadLines {

  private OnBadLine policy;
  private final List<BadLine> first = new ArrayList<>();
  private long count;

  BadLines(OnBadLine policy) {
    this.policy = policy;
  }

  /** Adds lines, in any order. */
  void add(List<BadLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    count += lines.size();
    first.addAll(lines);
    first.sort(Comparator.comparingLong(BadLine::line));
    if (first.size() > policy.reported()) {
      first.subList(policy.reported(), first.size()).clear();
    }
  }

  /** Adds lines of which only the first were looked at. */
  void add(List<BadLine> lines, long all) {
    add(lines);
    count += all - lines.size();
  }

  /** Not even the good lines are of use. */
  void refuseAll() {
    policy = OnBadLine.REFUSE;
  }

  boolean any() {
    return count > 0;
  }

  /** True once nothing of the batch will be stored. */
  boolean refuse() {
    return any() && policy == OnBadLine.REFUSE;
  }

  /** True once nothing that may follow changes the answer. */
  boolean enough() {
    return refuse() && count >= policy.reported();
  }

  OnBadLine policy() {
    return policy;
  }

  SubmitResult.InvalidItems invalid() {
    return new SubmitResult.InvalidItems(
        first.subList(0, Math.min(first.size(), OnBadLine.REFUSE.reported())));
  }

  SubmitResult.Rejected rejected() {
    return new SubmitResult.Rejected(first, count);
  }
}
