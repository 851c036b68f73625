package io.headgate.intake;

/** What a bad line means for the others. */
public enum OnBadLine {
  /** Nothing is stored; the first bad lines are reported. */
  REFUSE(20),
  /** The good lines are stored; the bad ones are listed. */
  SKIP(1_000);

  private final int reported;

  OnBadLine(int reported) {
    this.reported = reported;
  }

  /** How many bad lines are told one by one. */
  public int reported() {
    return reported;
  }
}
