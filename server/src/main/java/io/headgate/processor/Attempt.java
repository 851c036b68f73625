package io.headgate.processor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One try at one item. */
public interface Attempt {

  /** 1 for the first try. */
  int number();

  /** Time left until the deadline, never negative; after it the attempt is interrupted. */
  Duration remaining();

  /**
   * Tells how far the attempt is.
   *
   * @param ratio 0 to 1
   * @param message a short line for people
   */
  void progress(double ratio, String message);

  /** A folder of this attempt's own, removed when it ends. */
  Path scratch() throws IOException;
}
