package io.headgate.template;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.ExpressionException;
import io.headgate.template.expression.ExpressionScope;
import io.headgate.template.expression.ExpressionSyntax;
import io.headgate.template.expression.TemplateLimits;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * The state of one render: what names mean at the current node, and how much of each limit is used.
 * Used by one thread.
 */
final class RenderContext implements ExpressionScope {

  /** The number of steps between two checks of the clock. */
  private static final int STEPS_PER_CHECK = 256;

  private final ExpressionSyntax syntax;
  private final RenderFrame root;
  private final long startNanos = System.nanoTime();
  private final Duration timeLimit;
  private RenderFrame frame;
  private boolean strict;
  private int iterations;
  private int steps;

  /**
   * @param timeLimit at most {@link TemplateLimits#MAX_TIME} of it is granted
   */
  RenderContext(ExpressionSyntax syntax, JsonNode variables, Duration timeLimit) {
    this.syntax = syntax;
    this.root = RenderFrame.root(variables, syntax == ExpressionSyntax.TEXT);
    this.frame = root;
    this.timeLimit =
        timeLimit.compareTo(TemplateLimits.MAX_TIME) < 0 ? timeLimit : TemplateLimits.MAX_TIME;
  }

  RenderFrame frame() {
    return frame;
  }

  void enter(RenderFrame next) {
    frame = next;
  }

  /** The value to write; in a text it is never missing. */
  JsonNode value(TemplateNode.Value node) {
    strict = syntax == ExpressionSyntax.TEXT;
    JsonNode value = evaluate(node.expression(), node.position());
    if (strict && value.isMissingNode()) {
      throw RenderAborted.noValue(node.expression(), node.position(), "it is missing");
    }
    return value;
  }

  /** The value that decides what a block does; it may be missing. */
  JsonNode condition(TemplateNode.Block block) {
    strict = false;
    return evaluate(block.expression(), block.position());
  }

  private JsonNode evaluate(Expression expression, TemplatePosition position) {
    checkTime();
    try {
      return expression.evaluate(this);
    } catch (ExpressionException e) {
      String message = e.getMessage();
      throw RenderAborted.noValue(expression, position, message == null ? "" : message);
    }
  }

  /** Refuses a list that is too long to iterate over. */
  void checkEntries(TemplateNode.Block block, JsonNode list) {
    if (list.size() > TemplateLimits.MAX_ENTRIES) {
      throw new RenderAborted(
          new TemplateResult.TooLarge(
              "line "
                  + block.position().line()
                  + ": {{#each}} goes through "
                  + list.size()
                  + " entries; at most "
                  + TemplateLimits.MAX_ENTRIES
                  + " are allowed"));
    }
  }

  /** Counts one more iteration of a block. */
  void countIteration() {
    iterations++;
    if (iterations > TemplateLimits.MAX_ITERATIONS) {
      throw new RenderAborted(
          new TemplateResult.TooLarge(
              "the loops of the template run more than "
                  + TemplateLimits.MAX_ITERATIONS
                  + " times"));
    }
    checkTime();
  }

  private void checkTime() {
    if (Thread.currentThread().isInterrupted()) {
      throw new RenderAborted(null);
    }
    if (System.nanoTime() - startNanos > timeLimit.toNanos()) {
      throw new RenderAborted(
          new TemplateResult.TooLarge(
              "filling in the template takes longer than " + timeLimit.toMillis() + " ms"));
    }
  }

  @Override
  public JsonNode name(String name) {
    return frame.name(name);
  }

  @Override
  public JsonNode self(int up) {
    return frame.up(up).value();
  }

  @Override
  public JsonNode inherited(int up, String name) {
    return frame.up(up).inherited(name);
  }

  @Override
  public JsonNode data(String name) {
    return name.equals("root") ? root.value() : frame.data(name);
  }

  @Override
  public boolean strict() {
    return strict;
  }

  @Override
  public void step() {
    steps++;
    if (steps > TemplateLimits.MAX_STEPS) {
      throw new RenderAborted(
          new TemplateResult.TooLarge(
              "the template takes more than " + TemplateLimits.MAX_STEPS + " steps"));
    }
    if (steps % STEPS_PER_CHECK == 0) {
      checkTime();
    }
  }
}
