package io.headgate.http;

import io.helidon.webserver.http.HttpRules;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One API at its paths: its operations, who may enter, and how it words a refusal.
 *
 * @param refusal turns a problem into this API's own error answer
 * @param grounds the paths that are this API's, served or not
 */
public record Door(
    List<Operation> operations, Gate gate, Function<Problem, Answer> refusal, Grounds grounds) {

  /**
   * Paths that belong to an API whether or not something is served there. Of several the longest is
   * the one that counts.
   *
   * @param prefixes such as {@code /api}: that path, and all below it
   * @param nothing why there is nothing at a path, by that path
   */
  public record Grounds(List<String> prefixes, Function<String, Problem> nothing) {

    static final Grounds NONE = new Grounds(List.of(), path -> Problem.notFound());

    public Grounds {
      prefixes = List.copyOf(prefixes);
    }
  }

  // A brace sorts after every character of a word, so that /v1/batches/cancel is tried before
  // /v1/batches/{id}.
  private static final Comparator<String> LITERALS_FIRST = Comparator.naturalOrder();

  public Door {
    operations = List.copyOf(operations);
  }

  /** The native API: problems as RFC 9457 writes them. */
  public static Door ofNative(List<Operation> operations, Gate gate) {
    return new Door(operations, gate, Problem::answer, Grounds.NONE);
  }

  void open(HttpRules rules, Answered answered, Patience patience) {
    Map<String, Map<Method, Operation>> byPath = new TreeMap<>(LITERALS_FIRST);
    for (Operation operation : operations) {
      Route route = operation.route();
      Operation before =
          byPath
              .computeIfAbsent(route.path(), path -> new EnumMap<>(Method.class))
              .put(route.method(), operation);
      if (before != null) {
        throw new IllegalArgumentException("two operations at " + route);
      }
    }
    byPath.forEach((path, methods) -> {
      Turn turn = new Turn(path, methods, this, answered, patience);
      rules.any(path.equals("/") ? path : path + "[/]", turn);
    });
  }

  /** What this door says of a path where no door has an operation. */
  Turn nothing(Answered answered, Patience patience) {
    return new Turn("other", Map.of(), this, answered, patience);
  }
}
