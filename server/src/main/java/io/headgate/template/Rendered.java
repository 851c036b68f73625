package io.headgate.template;

/** What came of a template and variables: a page, or what is wrong with them. */
public sealed interface Rendered permits Html, Rendered.Problem {

  /** Why there is no page. The same template and variables fail the same way again. */
  sealed interface Problem extends Rendered {

    /** One sentence without a full stop for whoever sent the variables. */
    String message();
  }

  /** A required variable was not given. */
  record MissingVariable(String variable) implements Problem {
    @Override
    public String message() {
      return "the variable " + variable + " is required";
    }
  }

  /**
   * A variable is not what the template says it must be.
   *
   * @param violation reads on after the variable's name
   */
  record InvalidVariable(String variable, String violation) implements Problem {
    @Override
    public String message() {
      return "the variable " + variable + " " + violation;
    }
  }

  /**
   * An expression has no value with these variables.
   *
   * @param line of the HTML, from 1
   */
  record ExpressionError(String expression, int line, String reason) implements Problem {
    @Override
    public String message() {
      return "line " + line + ": {{" + expression + "}} has no value: " + reason;
    }
  }

  /** The page would be too large, or take too long. */
  record TooLarge(String message) implements Problem {}

  record UnknownLayout(String layout) implements Problem {
    @Override
    public String message() {
      return "the template has no layout " + layout;
    }
  }
}
