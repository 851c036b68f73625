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

  /**
   * Keeps a file beside the item's output, as an artifact that clients can fetch. It is stored
   * whole or not at all, and seen only if this attempt is the one that succeeds: what a failed, a
   * late or an abandoned attempt kept is swept away.
   *
   * @param name unique in the item, 1 to 100 letters, digits, dots, dashes and underscores
   * @param mediaType such as {@code image/png}
   * @param file read to its end before this returns; it stays the caller's
   * @throws NotKept for what is no name or media type, when it is too large, one too many, named
   *     like another of this attempt, when the attempt has ended already, and when the store does
   *     not take it
   */
  default void keep(String name, String mediaType, Path file) throws IOException {
    throw new IOException("this server keeps no artifacts");
  }
}
