package io.headgate.extract;

/**
 * Makes JSON of a given form out of a page or a text. Whether rules or a model find the values,
 * nobody outside this room can tell but by what was found.
 */
public interface Extractor {

  /**
   * Reads what {@code schema} asks for. The material stays as it is.
   *
   * @throws Effort.Spent when it took longer than {@code effort} allows
   * @throws InterruptedException when the thread was interrupted meanwhile
   */
  Extracted extract(Material material, ExtractionSchema schema, Effort effort)
      throws InterruptedException;

  /** The extractor that goes by rules alone; see docs/processors/scrape.md for what it looks at. */
  static Extractor byRules() {
    return new RuleExtractor();
  }
}
