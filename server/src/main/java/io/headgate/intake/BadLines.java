package io.headgate.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the invalid lines of one submit: the first ones by line number, and their count. */
final class BadLines {

  private OnBadLine policy;
  private final List<BadLine> first = new ArrayList<>();
  private long count;

  BadLines(OnBadLine policy) {
    this.policy = policy;
  }

  /** Adds invalid lines, in any order. */
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

  /** Adds {@code all} invalid lines, of which {@code lines} contains the first. */
  void add(List<BadLine> lines, long all) {
    add(lines);
    count += all - lines.size();
  }

  /** Refuses the whole batch, whatever the policy is. */
  void refuseAll() {
    policy = OnBadLine.REFUSE;
  }

  boolean any() {
    return count > 0;
  }

  /** Whether the batch is refused, so that nothing of it will be stored. */
  boolean refuse() {
    return any() && policy == OnBadLine.REFUSE;
  }

  /** Whether the result is final, whatever lines follow. */
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
