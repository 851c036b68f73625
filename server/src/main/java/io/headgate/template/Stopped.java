package io.headgate.template;

import org.jspecify.annotations.Nullable;

/** Ends a render in the middle; {@link Rendering} turns it into what it answers. */
final class Stopped extends RuntimeException {

  /** Null for an interrupt. */
  private final transient Rendered.@Nullable Problem problem;

  Stopped(Rendered.@Nullable Problem problem) {
    super(problem == null ? "interrupted" : problem.message(), null, false, false);
    this.problem = problem;
  }

  Rendered.@Nullable Problem problem() {
    return problem;
  }
}
