package io.headgate.extract;

/**
 * Extracts JSON that matches a schema from a page, text or data. Callers do not depend on whether
 * rules or a model find the values. Implementations are thread-safe.
 */
public interface Extractor {

  /**
   * Extracts what {@code schema} describes. Does not modify {@code source}.
   *
   * @throws TimeBudget.TimeBudgetExceeded if the extraction exceeds the time limit {@code budget}
   * @throws InterruptedException if the thread is interrupted
   */
  ExtractionResult extract(ExtractionSource source, ExtractionSchema schema, TimeBudget budget)
      throws InterruptedException;

  /** Returns the rule-based extractor. docs/processors/scrape.md lists its rules. */
  static Extractor byRules() {
    return new RuleExtractor();
  }
}
