package io.headgate.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** Finds the elements and values that the explicit {@link ExtractionRule}s of a schema select. */
final class RuleMatcher {

  private static final Set<String> URL_ATTRIBUTES =
      Set.of("href", "src", "action", "poster", "cite");

  private final TimeBudget budget;

  RuleMatcher(TimeBudget budget) {
    this.budget = budget;
  }

  /** Returns all elements that match the selector; none without a selector. */
  Elements all(ExtractionRule rule, SearchScope scope) throws InterruptedException {
    return rule.selector() != null && scope.element().isPresent()
        ? Selectors.all(scope.element().get(), rule.selector(), budget)
        : new Elements();
  }

  Optional<Element> first(ExtractionRule rule, SearchScope scope) throws InterruptedException {
    return rule.selector() != null && scope.element().isPresent()
        ? Selectors.first(scope.element().get(), rule.selector(), budget)
        : Optional.empty();
  }

  /** Returns the first match that has the attribute and matches the regex. */
  Optional<FoundValue> value(SchemaNode.ScalarSchema scalar, SearchScope scope)
      throws InterruptedException {
    ExtractionRule rule = scalar.rule();
    if (rule.selector() != null && rule.regex() == null && rule.attribute().isEmpty()) {
      return first(rule, scope).map(FoundValue::of);
    }
    if (rule.selector() != null) {
      for (Element element : all(rule, scope)) {
        budget.step();
        Optional<FoundValue> value = valuesOfElement(element, rule, scalar).stream().findFirst();
        if (value.isPresent()) {
          return value;
        }
      }
      return Optional.empty();
    }
    return valuesOfScope(rule, scalar, scope).stream().findFirst();
  }

  /** Returns the values of the scope itself: one for each match of the regex. */
  List<FoundValue> valuesOfScope(
      ExtractionRule rule, SchemaNode.ScalarSchema scalar, SearchScope scope) {
    if (scope.element().isPresent() && !rule.attribute().isEmpty()) {
      return valuesOfElement(scope.element().get(), rule, scalar);
    }
    if (scope.element().isPresent() && rule.regex() == null) {
      return List.of(FoundValue.of(scope.element().get()));
    }
    return rule.allMatches(scope.text())
        .limit(10_000)
        .<FoundValue>map(match -> new FoundValue.TextValue(match, null))
        .toList();
  }

  /** Returns the values of an element that the selector matched. */
  List<FoundValue> valuesOfElement(
      Element element, ExtractionRule rule, SchemaNode.ScalarSchema scalar) {
    if (rule.attribute().isEmpty()) {
      return rule.regex() == null
          ? List.of(FoundValue.of(element))
          : textValues(rule, element.text());
    }
    if (!element.hasAttr(rule.attribute())) {
      return List.of();
    }
    String value = element.attr(rule.attribute());
    if (value.isEmpty() && scalar.kinds().contains(SchemaNode.ScalarKind.BOOLEAN)) {
      return List.of(new FoundValue.TextValue("true", null));
    }
    boolean isUrl = URL_ATTRIBUTES.contains(rule.attribute()) || scalar.isUrl();
    String absoluteUrl = isUrl ? element.absUrl(rule.attribute()) : "";
    return textValues(rule, absoluteUrl.isEmpty() ? value : absoluteUrl);
  }

  private static List<FoundValue> textValues(ExtractionRule rule, String text) {
    List<FoundValue> values = new ArrayList<>();
    rule.allMatches(text)
        .limit(10_000)
        .forEach(match -> values.add(new FoundValue.TextValue(match, null)));
    return values;
  }
}
