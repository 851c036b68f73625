package io.headgate.processor.scrape;

import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Caches parsed options. The items of a batch share theirs, and parsing a schema costs more than
 * extracting a page with it. Thread-safe.
 */
final class KnownOptions {

  private static final int MOST = 64;

  private final ConcurrentHashMap<JsonNode, ScrapeOptions> known = new ConcurrentHashMap<>();

  /**
   * Returns the parsed options.
   *
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
