package io.headgate.http;

import io.helidon.webserver.http.HttpRules;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One API: its operations, the filter for those that need a key, and its error responses.
 *
 * @param gate runs the operations that need a key
 * @param refusal turns a problem into an error response of this API
 * @param grounds the paths that belong to this API
 */
public record Door(
    List<Operation> operations, Gate gate, Function<Problem, Answer> refusal, Grounds grounds) {

  /**
   * Path prefixes of an API. The API also responds to requests below them that match no operation;
   * of several matching prefixes the longest decides which API that is.
   *
   * @param prefixes such as {@code /api}, which stands for that path and all paths below it
   * @param nothing returns the problem for a path without an operation
   */
  public record Grounds(List<String> prefixes, Function<String, Problem> nothing) {

    static final Grounds NONE = new Grounds(List.of(), path -> Problem.notFound());

    public Grounds {
      prefixes = List.copyOf(prefixes);
    }
  }

  // A brace sorts after letters and digits, so that /v1/batches/cancel is matched before
  // /v1/batches/{id}.
  private static final Comparator<String> LITERALS_FIRST = Comparator.naturalOrder();

  public Door {
    operations = List.copyOf(operations);
  }

  /** Returns the native API, whose errors are RFC 9457 problems. */
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
        throw new IllegalArgumentException("Two operations have the route " + route + ".");
      }
    }
    byPath.forEach((path, methods) -> {
      Turn turn = new Turn(path, methods, this, answered, patience);
      rules.any(path.equals("/") ? path : path + "[/]", turn);
    });
  }

  /** Returns the handler for paths of this API at which there is no operation. */
  Turn nothing(Answered answered, Patience patience) {
    return new Turn("other", Map.of(), this, answered, patience);
  }
}
