package io.headgate.template;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.ExpressionException;
import io.headgate.template.expression.Scope;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One render under way. Used by one thread. */
final class Run implements Scope {

  /** Of one block. */
  static final int MOST_ENTRIES = 5_000;

  /** Of all blocks together: what a loop in a loop can come to. */
  static final int MOST_TURNS = 200_000;

  private final List<Part> parts;
  private final Frame root;
  private final Duration patience;
  private final long deadlineNanos;
  private final PageText page = new PageText();
  private Frame frame;
  private int turns;
  private int steps;

  Run(Compiled compiled, JsonNode variables, Duration patience) {
    this.parts = compiled.parts();
    this.root = Frame.root(variables);
    this.frame = root;
    this.patience = patience;
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  PageText page() {
    return page;
  }

  Frame frame() {
    return frame;
  }

  void enter(Frame next) {
    frame = next;
  }

  /** What a value comes to, escaped for its place. */
  String shown(int part) {
    return switch (parts.get(part)) {
      case Part.Literal(String text) -> text;
      case Part.Value value -> shown(value);
      case Part.Block _ -> throw new IllegalStateException("a block is not shown");
    };
  }

  private String shown(Part.Value part) {
    String text;
    try {
      text = Expression.shown(part.expression().evaluate(this));
    } catch (ExpressionException e) {
      throw stopped(part.expression(), part.line(), e);
    }
    checkTime();
    boolean bare = part.raw() || (part.place().script() && part.expression().json());
    return bare ? text : Escape.in(part.place(), text);
  }

  /** What a block decides by. */
  JsonNode decided(int part) {
    Part.Block block = block(part);
    checkTime();
    try {
      return block.expression().evaluate(this);
    } catch (ExpressionException e) {
      throw stopped(block.expression(), block.line(), e);
    }
  }

  /** What a block goes through; empty for what is no list. */
  JsonNode listed(int part) {
    JsonNode value = decided(part);
    if (value.size() > MOST_ENTRIES) {
      throw new Stopped(
          new Rendered.TooLarge(
              "line "
                  + block(part).line()
                  + ": {{#each}} goes through "
                  + value.size()
                  + " entries; at most "
                  + MOST_ENTRIES
                  + " are allowed"));
    }
    return value.isContainer() ? value : JsonNodeFactory.instance.arrayNode();
  }

  List<String> names(int part) {
    return block(part).names();
  }

  private Part.Block block(int part) {
    return (Part.Block) parts.get(part);
  }

  private static Stopped stopped(Expression expression, int line, ExpressionException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return new Stopped(new Rendered.ExpressionError(expression.toString(), line, message));
  }

  /** One more turn of a loop. */
  void oneMore() {
    turns++;
    if (turns > MOST_TURNS) {
      throw new Stopped(
          new Rendered.TooLarge(
              "the loops of the template go round more than " + MOST_TURNS + " times"));
    }
    checkTime();
  }

  private void checkTime() {
    if (Thread.currentThread().isInterrupted()) {
      throw new Stopped(null);
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new Stopped(
          new Rendered.TooLarge(
              "filling in the template takes longer than " + patience.toMillis() + " ms"));
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
  public JsonNode data(String name) {
    return name.equals("root") ? root.value() : frame.data(name);
  }

  @Override
  public void step() {
    steps++;
    if (steps % 256 == 0) {
      checkTime();
    }
  }
}
