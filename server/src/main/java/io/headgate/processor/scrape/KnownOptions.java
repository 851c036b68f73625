package io.headgate.processor.scrape;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import tools.jackson.databind.JsonNode;

/**
 * Options that were read before: the items of a batch share theirs, and reading a schema costs more
 * than reading a page by it.
 */
final class KnownOptions {

  private static final int MOST = 64;

  private final Cache<JsonNode, ScrapeOptions> known =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /**
   * @param options must have no violations
   */
  ScrapeOptions read(JsonNode options) {
    return known.get(options, ScrapeOptions::of);
  }
}
