package io.headgate.processor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One attempt to run an item, and what the processor may use during it. */
public interface Attempt {

  /** 1 for the first attempt. */
  int number();

  /** Time left until the deadline, never negative; after it the attempt is interrupted. */
  Duration remaining();

  /**
   * Reports the progress of the attempt.
   *
   * @param ratio 0 to 1
   * @param message a short line of text for people
   */
  void reportProgress(double ratio, String message);

  /** A private folder of this attempt, deleted when the attempt ends. */
  Path scratchFolder() throws IOException;

  /**
   * Stores a file as an artifact of the item, which clients can download. It is stored completely
   * or not at all, and becomes visible only if this attempt succeeds: maintenance deletes the files
   * of failed, late and abandoned attempts.
   *
   * @param name unique in the item, 1 to 100 letters, digits, dots, dashes and underscores
   * @param mediaType such as {@code image/png}
   * @param file read completely before this returns; the caller still owns it
   * @throws ArtifactNotStoredException when the name or media type is invalid, the file is too
   *     large, there are too many files, the name is in use in this attempt, the attempt has ended,
   *     or the store fails
   */
  default void storeArtifact(String name, String mediaType, Path file) throws IOException {
    throw new IOException("this server keeps no artifacts");
  }
}
