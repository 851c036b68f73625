package io.headgate.client;

/** How many items of a batch are in each state. The states add up to {@code total}. */
public record Counts(
    long total, long pending, long running, long succeeded, long failed, long cancelled) {

  /** Items that have their final result. */
  public long settled() {
    return succeeded + failed + cancelled;
  }
}
