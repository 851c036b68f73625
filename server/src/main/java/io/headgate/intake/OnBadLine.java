package io.headgate.intake;

/** What to do with a batch that has invalid lines. */
public enum OnBadLine {
  /** Store nothing and report the first invalid lines. */
  REFUSE(20),
  /** Store the valid lines and report the first invalid ones. */
  SKIP(1_000);

  private final int reported;

  OnBadLine(int reported) {
    this.reported = reported;
  }

  /** Maximum number of invalid lines that are reported. */
  public int reported() {
    return reported;
  }
}
