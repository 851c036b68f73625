package io.headgate.template;

/** The result of a render: a page, or the reason why there is none. */
public sealed interface TemplateResult permits HtmlPage, TemplateResult.TemplateProblem {

  /** Why there is no page. The same template and variables fail the same way again. */
  sealed interface TemplateProblem extends TemplateResult {

    /** A sentence without a full stop for the sender of the variables. */
    String message();
  }

  /** A required variable was not given. */
  record MissingVariable(String variable) implements TemplateProblem {
    @Override
    public String message() {
      return "the variable " + variable + " is required";
    }
  }

  /**
   * A variable violates its declaration.
   *
   * @param violation the end of a sentence that begins with the variable's name
   */
  record InvalidVariable(String variable, String violation) implements TemplateProblem {
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
  record ExpressionError(String expression, int line, String reason) implements TemplateProblem {
    @Override
    public String message() {
      return "line " + line + ": {{" + expression + "}} has no value: " + reason;
    }
  }

  /** The page would be too large, or take too long. */
  record TooLarge(String message) implements TemplateProblem {}

  record UnknownLayout(String layout) implements TemplateProblem {
    @Override
    public String message() {
      return "the template has no layout " + layout;
    }
  }
}
