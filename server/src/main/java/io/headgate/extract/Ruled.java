package io.headgate.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** Finds the elements and values that the explicit {@link Rule}s of a schema select. */
final class Ruled {

  private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "poster", "cite");

  private final Effort effort;

  Ruled(Effort effort) {
    this.effort = effort;
  }

  /** Returns all elements that match the selector; none without a selector. */
  Elements all(Rule rule, Scope scope) throws InterruptedException {
    return rule.selector() != null && scope.element().isPresent()
        ? Selectors.all(scope.element().get(), rule.selector(), effort)
        : new Elements();
  }

  Optional<Element> first(Rule rule, Scope scope) throws InterruptedException {
    return rule.selector() != null && scope.element().isPresent()
        ? Selectors.first(scope.element().get(), rule.selector(), effort)
        : Optional.empty();
  }

  /** Returns the first match that has the attribute and matches the regex. */
  Optional<Value> value(Shape.Scalar scalar, Scope scope) throws InterruptedException {
    Rule rule = scalar.rule();
    if (rule.selector() != null && rule.regex() == null && rule.attribute().isEmpty()) {
      return first(rule, scope).map(Value::of);
    }
    if (rule.selector() != null) {
      for (Element element : all(rule, scope)) {
        effort.step();
        Optional<Value> value = at(element, rule, scalar).stream().findFirst();
        if (value.isPresent()) {
          return value;
        }
      }
      return Optional.empty();
    }
    return here(rule, scalar, scope).stream().findFirst();
  }

  /** Returns the values of the scope itself: one for each match of the regex. */
  List<Value> here(Rule rule, Shape.Scalar scalar, Scope scope) {
    if (scope.element().isPresent() && !rule.attribute().isEmpty()) {
      return at(scope.element().get(), rule, scalar);
    }
    if (scope.element().isPresent() && rule.regex() == null) {
      return List.of(Value.of(scope.element().get()));
    }
    return rule.cuts(scope.text())
        .limit(10_000)
        .<Value>map(cut -> new Value.Words(cut, null))
        .toList();
  }

  /** Returns the values of an element that the selector matched. */
  List<Value> at(Element element, Rule rule, Shape.Scalar scalar) {
    if (rule.attribute().isEmpty()) {
      return rule.regex() == null ? List.of(Value.of(element)) : cuts(rule, element.text());
    }
    if (!element.hasAttr(rule.attribute())) {
      return List.of();
    }
    String value = element.attr(rule.attribute());
    if (value.isEmpty() && scalar.kinds().contains(Shape.Kind.BOOLEAN)) {
      return List.of(new Value.Words("true", null));
    }
    boolean address = ADDRESSES.contains(rule.attribute()) || scalar.address();
    String absolute = address ? element.absUrl(rule.attribute()) : "";
    return cuts(rule, absolute.isEmpty() ? value : absolute);
  }

  private static List<Value> cuts(Rule rule, String text) {
    List<Value> values = new ArrayList<>();
    rule.cuts(text).limit(10_000).forEach(cut -> values.add(new Value.Words(cut, null)));
    return values;
  }
}
