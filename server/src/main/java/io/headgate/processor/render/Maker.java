package io.headgate.processor.render;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Draws sheets. */
interface Maker {

  /** What outputs call it. */
  String word();

  /** What of these options it cannot do, as the end of a sentence; empty when it can do all. */
  Optional<String> objection(RenderOptions options);

  /**
   * Draws a sheet into a file.
   *
   * @throws Unrenderable when it cannot be drawn; the file is of no use then
   * @throws InterruptedException soon after an interrupt
   */
  Made make(Sheet sheet, RenderOptions options, Duration limit, Path file)
      throws Unrenderable, InterruptedException;
}
