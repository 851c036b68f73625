package io.headgate.template;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.VariableReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Resolves names to variables while a template is compiled: inside a block over {@code items},
 * {@code title} is a member of an item and not a variable.
 */
final class VariableScopes {

  /**
   * @param roots the variables that the current value is taken from; none in the outermost frame
   * @param names block parameters
   */
  private record VariableScope(Set<String> roots, List<String> names, boolean outermost) {}

  private final Deque<VariableScope> frames = new ArrayDeque<>();
  private final Map<String, InferredType> guesses = new LinkedHashMap<>();
  private final Map<String, JsonNode> defaults = new HashMap<>();

  VariableScopes() {
    frames.push(new VariableScope(Set.of(), List.of(), true));
  }

  /** The inferred type of each variable, in the order of first use. */
  Map<String, InferredType> guesses() {
    return guesses;
  }

  /** The default value that the HTML itself gives each variable; the first one found. */
  Map<String, JsonNode> defaults() {
    return defaults;
  }

  /**
   * Records the variables that an expression reads.
   *
   * @param shown the type of a name that is the whole expression
   * @return the variables that its value depends on
   */
  Set<String> read(Expression expression, InferredType shown) {
    Set<String> roots = new LinkedHashSet<>();
    for (VariableReference reference : expression.references()) {
      roots.addAll(read(reference, shown));
    }
    return roots;
  }

  private Set<String> read(VariableReference reference, InferredType shown) {
    return switch (reference.origin()) {
      case NAME -> named(reference, shown);
      case ROOT -> variable(reference, shown);
      case SELF -> {
        VariableScope frame = up(reference.up());
        yield frame.outermost() ? variable(reference, shown) : frame.roots();
      }
    };
  }

  private Set<String> named(VariableReference reference, InferredType shown) {
    for (VariableScope frame : frames) {
      if (frame.names().contains(reference.name())) {
        return frame.roots();
      }
    }
    VariableScope inner = frames.getFirst();
    return inner.outermost() ? variable(reference, shown) : inner.roots();
  }

  private VariableScope up(int up) {
    List<VariableScope> all = new ArrayList<>(frames);
    return all.get(Math.min(up, all.size() - 1));
  }

  private Set<String> variable(VariableReference reference, InferredType shown) {
    if (reference.name().isEmpty()) {
      return Set.of();
    }
    InferredType guess = InferredType.of(reference, shown);
    guesses.merge(reference.name(), guess, InferredType::moreCertain);
    JsonNode otherwise = reference.defaultValue();
    if (otherwise != null) {
      defaults.putIfAbsent(reference.name(), otherwise);
    }
    return Set.of(reference.name());
  }

  void enter(Set<String> roots, List<String> names) {
    frames.push(new VariableScope(roots, names, false));
  }

  void leave() {
    frames.pop();
  }
}
