package io.headgate.processor.scrape;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import tools.jackson.databind.JsonNode;

/**
 * Caches parsed options. The items of a batch share theirs, and parsing a schema costs more than
 * extracting a page with it. Thread-safe.
 */
final class ScrapeOptionsCache {

  private static final int MAX_ENTRIES = 64;

  private final Cache<JsonNode, ScrapeOptions> cache =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

  /**
   * Returns the parsed options.
   *
   * @param options must have no violations
   */
  ScrapeOptions get(JsonNode options) {
    return cache.get(options, ScrapeOptions::of);
  }
}
