package io.headgate.processor.scrape;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import tools.jackson.databind.JsonNode;

/**
 * Caches parsed options. The items of a batch share theirs, and parsing a schema costs more than
 * extracting a page with it. Thread-safe.
 */
final class KnownOptions {

  private static final int MOST = 64;

  private final Cache<JsonNode, ScrapeOptions> known =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /**
   * Returns the parsed options.
   *
   * @param options must have no violations
   */
  ScrapeOptions read(JsonNode options) {
    return known.get(options, ScrapeOptions::of);
  }
}
