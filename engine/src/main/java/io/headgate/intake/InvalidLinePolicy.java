package io.headgate.intake;

/** What to do with a batch that has invalid lines. */
public enum InvalidLinePolicy {
  /** Store nothing and report the first invalid lines. */
  REFUSE(20),
  /** Store the valid lines and report the first invalid ones. */
  SKIP(1_000);

  private final int maxReported;

  InvalidLinePolicy(int maxReported) {
    this.maxReported = maxReported;
  }

  /** Maximum number of invalid lines that are reported. */
  public int maxReported() {
    return maxReported;
  }
}
