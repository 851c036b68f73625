package io.headgate.batch;

/**
 * The number of items of a batch in each state. {@code pending} includes the deferred ones.
 *
 * <p>The constructor refuses counts that do not add up to {@code total}: the conservation law holds
 * wherever a {@code Counts} exists.
 */
public record Counts(
    int total, int pending, int running, int succeeded, int failed, int cancelled) {

  public Counts {
    if (pending < 0 || running < 0 || succeeded < 0 || failed < 0 || cancelled < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
    if ((long) pending + running + succeeded + failed + cancelled != total) {
      throw new IllegalArgumentException("counts do not add up to " + total);
    }
  }

  public int settled() {
    return succeeded + failed + cancelled;
  }
}
