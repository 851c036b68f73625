package io.headgate.template.expression;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * A parsed expression of a template. It reads only the JSON of its scope, and an evaluation takes
 * at most as many steps as the expression has parts. Immutable and safe for use by many threads.
 */
public final class Expression {

  private final String source;
  private final Term term;
  private final List<VariableReference> references;

  private Expression(String source, Term term) {
    this.source = source;
    this.term = term;
    this.references = ReferenceFinder.of(term);
  }

  /**
   * @throws ExpressionException when {@code source} is not an expression
   */
  public static Expression parse(String source, ExpressionSyntax syntax) {
    if (source.length() > TemplateLimits.MAX_EXPRESSION) {
      throw new ExpressionException(
          "it is longer than " + TemplateLimits.MAX_EXPRESSION + " characters");
    }
    return new Expression(source.strip(), ExpressionParser.parse(source, syntax));
  }

  /**
   * @throws ExpressionException when it has no value: a division by zero, a text where a number is
   *     needed
   */
  public JsonNode evaluate(ExpressionScope scope) {
    return new Evaluation(scope).of(term);
  }

  /** False for a missing value, null, false, 0, empty text and an empty list; else true. */
  public static boolean truth(JsonNode value) {
    return JsonValues.truth(value);
  }

  /** A value as a page shows it, not escaped. */
  public static String display(JsonNode value) {
    return JsonValues.display(value);
  }

  /** A number, or the number that a text spells; empty for every other value. */
  public static Optional<JsonNode> number(JsonNode value) {
    OptionalDouble number = JsonValues.numeric(value);
    return number.isPresent()
        ? Optional.of(JsonValues.number(number.getAsDouble()))
        : Optional.empty();
  }

  /** The names that the expression reads. */
  public List<VariableReference> references() {
    return references;
  }

  /** True when it is a call of {@code isJsonCall}, whose result is safe inside a script. */
  public boolean isJsonCall() {
    return term instanceof Term.Call(TemplateFunction function, List<Term> _)
        && function.name().equals("json");
  }

  /** True when it holds only names, such as {@code input.items[0].title}, and no text. */
  public boolean path() {
    return path(term);
  }

  private static boolean path(Term term) {
    return switch (term) {
      case Term.Name _, Term.Self _, Term.Data _ -> true;
      case Term.Member(Term of, Term key) -> path(of) && key instanceof Term.Literal;
      case Term.Call(TemplateFunction _, List<Term> arguments) ->
          arguments.stream().allMatch(Expression::path);
      case Term.Literal _, Term.Unary _, Term.Binary _, Term.Choice _ -> false;
    };
  }

  /** The names of all functions of pages, in alphabetical order. */
  public static List<String> functions() {
    return FunctionTable.names(ExpressionSyntax.PAGE);
  }

  /** The source of the expression. */
  @Override
  public String toString() {
    return source;
  }
}
