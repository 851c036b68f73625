package io.headgate.template;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.template.expression.ExpressionSyntax;
import java.util.Set;
import java.util.UUID;

/** Compiled templates that were used lately. Each is compiled once, however many ask at once. */
final class CompiledTemplates {

  /** The limit of the weight of all that is kept: in memory some ten times as many bytes. */
  static final long MAX_WEIGHT = 8_000_000;

  /** The weight of a mustache beside its characters. */
  private static final int MUSTACHE = 150;

  record TemplateKey(UUID template, int version, String layout) {}

  private record CachedTemplate(CompiledTemplate compiled, int weight) {}

  private final Cache<TemplateKey, CachedTemplate> cache =
      Caffeine.newBuilder()
          .maximumWeight(MAX_WEIGHT)
          .weigher((TemplateKey key, CachedTemplate entry) -> entry.weight())
          .executor(Runnable::run)
          .build();

  /**
   * The template of {@code key}, compiled from {@code html} unless it is kept.
   *
   * @throws MalformedTemplateException when it cannot be compiled; failures are not kept
   */
  CompiledTemplate get(TemplateKey key, String html, Set<String> raw) {
    return cache
        .get(
            key,
            _ ->
                new CachedTemplate(
                    TemplateCompiler.compile(html, ExpressionSyntax.PAGE, raw), weight(html)))
        .compiled();
  }

  /** A measure of the memory that a compiled template takes. */
  static int weight(String source) {
    int mustaches = 0;
    for (int at = source.indexOf("{{"); at >= 0; at = source.indexOf("{{", at + 2)) {
      mustaches++;
    }
    return source.length() + MUSTACHE * mustaches;
  }

  long weight() {
    cache.cleanUp();
    return cache.asMap().values().stream().mapToLong(CachedTemplate::weight).sum();
  }
}
