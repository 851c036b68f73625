package io.headgate.processor.scrape;

import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Options that were read before: the items of a batch share theirs, and reading a schema costs more
 * than reading a page by it.
 */
final class KnownOptions {

  private static final int MOST = 64;

  private final ConcurrentHashMap<JsonNode, ScrapeOptions> known = new ConcurrentHashMap<>();

  /**
   * @param options must have no violations
   */
  ScrapeOptions read(JsonNode options) {
    ScrapeOptions read = known.get(options);
    if (read == null) {
      read = ScrapeOptions.of(options);
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(options, read);
    }
    return read;
  }
}
