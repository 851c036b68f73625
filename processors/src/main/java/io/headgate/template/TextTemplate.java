package io.headgate.template;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.ExpressionSyntax;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A template of a text that is not a page, such as the URL or the body of a request. It has the
 * language and the limits of pages, with three differences: a missing value is a failure, a name
 * that the current value does not have is looked up further out, and all values are escaped alike.
 * Immutable; may be filled in by many threads at once.
 */
public final class TextTemplate implements ParsedTextTemplate {

  private final CompiledTemplate compiled;
  private final boolean onePlaceholder;

  /**
   * How a template is filled in.
   *
   * @param escaping applied to every value except those in three braces and those of {@code json}
   * @param startIsRaw true when a value at the very start of the template is not escaped
   * @param keepType true when a template that is one placeholder gives the value itself
   * @param timeLimit the time after which the template is ended; never more than {@link
   *     io.headgate.template.expression.TemplateLimits#MAX_TIME}
   */
  public record Filling(
      UnaryOperator<String> escaping, boolean startIsRaw, boolean keepType, Duration timeLimit) {}

  private TextTemplate(CompiledTemplate compiled, boolean onePlaceholder) {
    this.compiled = compiled;
    this.onePlaceholder = onePlaceholder;
  }

  /** Reads a template, in time linear in its length. */
  public static ParsedTextTemplate parse(String source) {
    try {
      CompiledTemplate compiled = TemplateCompiler.compile(source, ExpressionSyntax.TEXT, Set.of());
      return new TextTemplate(compiled, onePlaceholder(source, compiled));
    } catch (MalformedTemplateException e) {
      return new Malformation(
          e.position().line(), e.position().column(), String.valueOf(e.getMessage()));
    }
  }

  private static boolean onePlaceholder(String source, CompiledTemplate compiled) {
    return compiled.nodes().size() == 1
        && compiled.nodes().getFirst() instanceof TemplateNode.Value value
        && !value.raw()
        && !value.expression().isJsonCall()
        && MustacheScanner.find(source, ExpressionSyntax.TEXT).size() == 1;
  }

  /**
   * Fills the template in.
   *
   * @param variables the values that names of the outermost level have
   * @throws InterruptedException when the thread is interrupted; its interrupt flag is cleared
   */
  public FilledText fill(JsonNode variables, Filling filling) throws InterruptedException {
    RenderContext context =
        new RenderContext(ExpressionSyntax.TEXT, variables, filling.timeLimit());
    try {
      if (filling.keepType() && onePlaceholder) {
        return new FilledText.Filled(
            context.value((TemplateNode.Value) compiled.nodes().getFirst()));
      }
      OutputBuffer text = new OutputBuffer("text");
      new NodeWriter(context, text, (node, value) -> format(node, value, filling))
          .write(compiled.nodes());
      return new FilledText.Filled(JsonNodeFactory.instance.stringNode(text.toString()));
    } catch (RenderAborted e) {
      return switch (e.problem()) {
        case TemplateResult.ExpressionError error ->
            new FilledText.NoValue(error.expression(), error.line(), e.atPath());
        case TemplateResult.TemplateProblem problem ->
            new FilledText.TextTooLarge(problem.message());
      };
    }
  }

  private static String format(TemplateNode.Value node, JsonNode value, Filling filling) {
    String text = exact(value);
    boolean atStart = filling.startIsRaw() && node.position().equals(TemplatePosition.START);
    return node.raw() || node.expression().isJsonCall() || atStart
        ? text
        : filling.escaping().apply(text);
  }

  /** Numbers keep all their digits, and lists and objects are JSON. */
  private static String exact(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING, NULL, MISSING -> Expression.display(value);
      case NUMBER, BOOLEAN -> value.asString();
      case ARRAY, OBJECT, BINARY, POJO -> value.toString();
    };
  }
}
