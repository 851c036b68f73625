package io.headgate.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;

/**
 * The meta tags, title and canonical URL of a page. Names with a prefix, such as those of
 * OpenGraph, are found by their last parts.
 */
final class MetaTags {

  private static final Evaluator TAGS = Selectors.parse("meta[content]");
  private static final Evaluator CANONICAL = Selectors.parse("link[rel=canonical][href]");

  private final Map<String, List<String>> byKey = new LinkedHashMap<>();

  private MetaTags() {}

  static MetaTags of(Document page, TimeBudget budget) throws InterruptedException {
    MetaTags tags = new MetaTags();
    for (Element tag : Selectors.all(page, TAGS, budget)) {
      String name = tag.hasAttr("property") ? tag.attr("property") : tag.attr("name");
      tags.add(name.strip(), tag.attr("content").strip());
    }
    tags.put("title", page.title());
    for (Element link : Selectors.all(page, CANONICAL, budget)) {
      tags.put("url", link.absUrl("href"));
    }
    tags.put("url", page.location());
    tags.put("language", page.select("html").attr("lang"));
    return tags;
  }

  static MetaTags none() {
    return new MetaTags();
  }

  /**
   * Adds the content under each suffix of the name: {@code product:price:amount} is found as
   * "amount", "price amount" and, because of the suffix {@code amount}, "price".
   */
  private void add(String name, String content) {
    if (name.isEmpty() || content.isEmpty()) {
      return;
    }
    String[] parts = name.split("[:.]", 6);
    for (int from = 0; from < parts.length; from++) {
      put(String.join(" ", List.of(parts).subList(from, parts.length)), content);
    }
    int last = parts.length - 1;
    if (last > 0 && parts[last].equals("amount")) {
      put(parts[last - 1], content);
    }
  }

  private void put(String name, String content) {
    if (!content.isBlank()) {
      List<String> contents =
          byKey.computeIfAbsent(PropertyNames.key(name), _ -> new ArrayList<>());
      if (!contents.contains(content)) {
        contents.add(content);
      }
    }
  }

  List<String> values(PropertyNames names) {
    return names.keys().stream()
        .flatMap(key -> byKey.getOrDefault(key, List.of()).stream())
        .toList();
  }
}
