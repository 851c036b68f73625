package io.headgate.processor.render;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Renders sheets to files. */
interface Renderer {

  /** The name in {@code made_by} of an item's output. */
  String name();

  /** The first option that this renderer does not support; empty when it supports all. */
  Optional<String> unsupportedOption(RenderOptions options);

  /**
   * Renders a sheet to a file.
   *
   * @throws RenderException when rendering fails; the file may then be incomplete
   * @throws InterruptedException soon after an interrupt
   */
  RenderResult render(RenderJob job, RenderOptions options, Duration timeLimit, Path file)
      throws RenderException, InterruptedException;
}
