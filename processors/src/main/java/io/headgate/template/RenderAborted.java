package io.headgate.template;

import io.headgate.template.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * Ends a render before its last node. {@link TemplateRenderer} and {@link TextTemplate} catch it.
 */
final class RenderAborted extends RuntimeException {

  /** Null for an interrupt. */
  private final transient TemplateResult.@Nullable TemplateProblem problem;

  /** True when the expression that has no value only names one. */
  private final boolean atPath;

  RenderAborted(TemplateResult.@Nullable TemplateProblem problem) {
    this(problem, false);
  }

  private RenderAborted(TemplateResult.@Nullable TemplateProblem problem, boolean atPath) {
    super(problem == null ? "interrupted" : problem.message(), null, false, false);
    this.problem = problem;
    this.atPath = atPath;
  }

  static RenderAborted noValue(Expression expression, TemplatePosition position, String reason) {
    return new RenderAborted(
        new TemplateResult.ExpressionError(expression.toString(), position.line(), reason),
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
  TemplateResult.TemplateProblem problem() throws InterruptedException {
    if (problem == null) {
      Thread.interrupted(); // the exception reports it
      throw new InterruptedException();
    }
    return problem;
  }
}
