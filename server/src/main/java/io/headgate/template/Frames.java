package io.headgate.template;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.Reference;
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
final class Frames {

  /**
   * @param roots the variables that the current value is taken from; none in the outermost frame
   * @param names block parameters
   */
  private record Frame(Set<String> roots, List<String> names, boolean outermost) {}

  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Map<String, Guess> guesses = new LinkedHashMap<>();
  private final Map<String, JsonNode> defaults = new HashMap<>();

  Frames() {
    frames.push(new Frame(Set.of(), List.of(), true));
  }

  /** The inferred type of each variable, in the order of first use. */
  Map<String, Guess> guesses() {
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
  Set<String> read(Expression expression, Guess shown) {
    Set<String> roots = new LinkedHashSet<>();
    for (Reference reference : expression.references()) {
      roots.addAll(read(reference, shown));
    }
    return roots;
  }

  private Set<String> read(Reference reference, Guess shown) {
    return switch (reference.origin()) {
      case NAME -> named(reference, shown);
      case ROOT -> variable(reference, shown);
      case SELF -> {
        Frame frame = up(reference.up());
        yield frame.outermost() ? variable(reference, shown) : frame.roots();
      }
    };
  }

  private Set<String> named(Reference reference, Guess shown) {
    for (Frame frame : frames) {
      if (frame.names().contains(reference.name())) {
        return frame.roots();
      }
    }
    Frame inner = frames.getFirst();
    return inner.outermost() ? variable(reference, shown) : inner.roots();
  }

  private Frame up(int up) {
    List<Frame> all = new ArrayList<>(frames);
    return all.get(Math.min(up, all.size() - 1));
  }

  private Set<String> variable(Reference reference, Guess shown) {
    if (reference.name().isEmpty()) {
      return Set.of();
    }
    Guess guess = Guess.of(reference, shown);
    guesses.merge(reference.name(), guess, Guess::surer);
    JsonNode otherwise = reference.otherwise();
    if (otherwise != null) {
      defaults.putIfAbsent(reference.name(), otherwise);
    }
    return Set.of(reference.name());
  }

  void enter(Set<String> roots, List<String> names) {
    frames.push(new Frame(roots, names, false));
  }

  void leave() {
    frames.pop();
  }
}
