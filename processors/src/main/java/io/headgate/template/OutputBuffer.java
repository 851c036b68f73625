package io.headgate.template;

import io.headgate.template.expression.TemplateLimits;

/** The output of one render. It never grows beyond {@link TemplateLimits#MAX_OUTPUT}. */
final class OutputBuffer {

  private final StringBuilder text = new StringBuilder();
  private final String noun;

  /**
   * @param noun what an error message calls the output
   */
  OutputBuffer(String noun) {
    this.noun = noun;
  }

  void append(String more) {
    if (text.length() + more.length() > TemplateLimits.MAX_OUTPUT) {
      throw new RenderAborted(
          new TemplateResult.TooLarge(
              "the "
                  + noun
                  + " would be longer than "
                  + TemplateLimits.MAX_OUTPUT
                  + " characters"));
    }
    text.append(more);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
