package io.headgate.processor.render;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Renders sheets to files. */
interface Maker {

  /** The name in {@code made_by} of an item's output. */
  String word();

  /** The first option that this renderer does not support; empty when it supports all. */
  Optional<String> objection(RenderOptions options);

  /**
   * Renders a sheet to a file.
   *
   * @throws Unrenderable when rendering fails; the file may then be incomplete
   * @throws InterruptedException soon after an interrupt
   */
  Made make(Sheet sheet, RenderOptions options, Duration limit, Path file)
      throws Unrenderable, InterruptedException;
}
