package io.headgate.extract;

/**
 * Extracts JSON that matches a schema from a page, text or data. Callers do not depend on whether
 * rules or a model find the values. Implementations are thread-safe.
 */
public interface Extractor {

  /**
   * Extracts what {@code schema} describes. Does not modify {@code material}.
   *
   * @throws Effort.Spent if the extraction exceeds the time limit {@code effort}
   * @throws InterruptedException if the thread is interrupted
   */
  Extracted extract(Material material, ExtractionSchema schema, Effort effort)
      throws InterruptedException;

  /** Returns the rule-based extractor. docs/processors/scrape.md lists its rules. */
  static Extractor byRules() {
    return new RuleExtractor();
  }
}
