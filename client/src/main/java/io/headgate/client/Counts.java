package io.headgate.client;

/** Where the items of a batch stand; the parts add up to {@code total}. */
public record Counts(
    long total, long pending, long running, long succeeded, long failed, long cancelled) {

  /** Items that have their final result. */
  public long settled() {
    return succeeded + failed + cancelled;
  }
}
