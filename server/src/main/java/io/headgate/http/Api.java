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
 * @param filter runs the operations that need a key
 * @param problemResponse turns a problem into an error response of this API
 * @param pathPrefixes the paths that belong to this API
 */
public record Api(
    List<Operation> operations,
    RequestFilter filter,
    Function<Problem, ApiResponse> problemResponse,
    PathPrefixes pathPrefixes) {

  /**
   * Path prefixes of an API. The API also responds to requests below them that match no operation;
   * of several matching prefixes the longest decides which API that is.
   *
   * @param prefixes such as {@code /api}, which stands for that path and all paths below it
   * @param notFound returns the problem for a path without an operation
   */
  public record PathPrefixes(List<String> prefixes, Function<String, Problem> notFound) {

    static final PathPrefixes NONE = new PathPrefixes(List.of(), path -> Problem.notFound());

    public PathPrefixes {
      prefixes = List.copyOf(prefixes);
    }
  }

  // A brace sorts after letters and digits, so that /v1/batches/cancel is matched before
  // /v1/batches/{id}.
  private static final Comparator<String> LITERALS_FIRST = Comparator.naturalOrder();

  public Api {
    operations = List.copyOf(operations);
  }

  /** Returns the native API, whose errors are RFC 9457 problems. */
  public static Api ofNative(List<Operation> operations, RequestFilter filter) {
    return new Api(operations, filter, Problem::toResponse, PathPrefixes.NONE);
  }

  void register(HttpRules rules, ResponseListener listener, BodyReadTimeout readTimeout) {
    Map<String, Map<HttpMethod, Operation>> byPath = new TreeMap<>(LITERALS_FIRST);
    for (Operation operation : operations) {
      Route route = operation.route();
      Operation existing =
          byPath
              .computeIfAbsent(route.path(), path -> new EnumMap<>(HttpMethod.class))
              .put(route.method(), operation);
      if (existing != null) {
        throw new IllegalArgumentException("Two operations have the route " + route + ".");
      }
    }
    byPath.forEach((path, methods) -> {
      RequestHandler handler = new RequestHandler(path, methods, this, listener, readTimeout);
      rules.any(path.equals("/") ? path : path + "[/]", handler);
    });
  }

  /** Returns the handler for paths of this API at which there is no operation. */
  RequestHandler notFoundHandler(ResponseListener listener, BodyReadTimeout readTimeout) {
    return new RequestHandler("other", Map.of(), this, listener, readTimeout);
  }
}
