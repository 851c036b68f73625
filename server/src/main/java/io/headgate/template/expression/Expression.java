package io.headgate.template.expression;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * One expression of a template. Immutable; may be evaluated by many threads at once. It reads the
 * JSON of its scope and nothing else, and an evaluation has as many steps as the expression has
 * parts.
 */
public final class Expression {

  private final String source;
  private final Term term;
  private final List<Reference> references;

  private Expression(String source, Term term) {
    this.source = source;
    this.term = term;
    this.references = References.of(term);
  }

  /**
   * @throws ExpressionException when it is none
   */
  public static Expression parse(String source, ExpressionSyntax syntax) {
    if (source.length() > TemplateLimits.MAX_EXPRESSION) {
      throw new ExpressionException(
          "it is longer than " + TemplateLimits.MAX_EXPRESSION + " characters");
    }
    return new Expression(source.strip(), Parser.parse(source, syntax));
  }

  /**
   * @throws ExpressionException when it has no value: a division by zero, a text where a number is
   *     needed
   */
  public JsonNode evaluate(Scope scope) {
    return new Evaluation(scope).of(term);
  }

  /** True for a value as templates understand it: not nothing, false, 0, "" or an empty list. */
  public static boolean truth(JsonNode value) {
    return Values.truth(value);
  }

  /** A value as a page shows it, not yet escaped. */
  public static String shown(JsonNode value) {
    return Values.shown(value);
  }

  /** A number, or the one that a text is written like; empty for every other value. */
  public static Optional<JsonNode> number(JsonNode value) {
    OptionalDouble number = Values.numeric(value);
    return number.isPresent() ? Optional.of(Values.number(number.getAsDouble())) : Optional.empty();
  }

  /** Everything it reads. */
  public List<Reference> references() {
    return references;
  }

  /** True when it is nothing but a call of {@code json}, whose result is safe inside a script. */
  public boolean json() {
    return term instanceof Term.Call(Function function, List<Term> _)
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
      case Term.Call(Function _, List<Term> arguments) ->
          arguments.stream().allMatch(Expression::path);
      case Term.Literal _, Term.Unary _, Term.Binary _, Term.Choice _ -> false;
    };
  }

  /** The names of all functions, in the order of the alphabet. */
  public static List<String> functions() {
    return Functions.names(ExpressionSyntax.PAGE);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return source;
  }
}
