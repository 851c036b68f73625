package io.headgate.template;

import io.headgate.template.expression.Expression;
import org.jspecify.annotations.Nullable;

/** Ends a render before its last node. {@link Rendering} and {@link TextTemplate} catch it. */
final class Stopped extends RuntimeException {

  /** Null for an interrupt. */
  private final transient Rendered.@Nullable Problem problem;

  /** True when the expression that has no value only names one. */
  private final boolean atPath;

  Stopped(Rendered.@Nullable Problem problem) {
    this(problem, false);
  }

  private Stopped(Rendered.@Nullable Problem problem, boolean atPath) {
    super(problem == null ? "interrupted" : problem.message(), null, false, false);
    this.problem = problem;
    this.atPath = atPath;
  }

  static Stopped noValue(Expression expression, TemplatePosition position, String reason) {
    return new Stopped(
        new Rendered.ExpressionError(expression.toString(), position.line(), reason),
        expression.path());
  }

  boolean atPath() {
    return atPath;
  }

  /**
   * Why there is no output.
   *
   * @throws InterruptedException when the thread was interrupted; its interrupt flag is cleared
   */
  Rendered.Problem problem() throws InterruptedException {
    if (problem == null) {
      Thread.interrupted(); // the exception reports it
      throw new InterruptedException();
    }
    return problem;
  }
}
