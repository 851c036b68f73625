package io.headgate.http;

/**
 * Where an operation is.
 *
 * @param path with parameters in braces: {@code /v1/batches/{id}}; a trailing slash is tolerated
 */
public record Route(Method method, String path) {

  public Route {
    if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
      throw new IllegalArgumentException("not a path: " + path);
    }
  }

  public static Route get(String path) {
    return new Route(Method.GET, path);
  }

  public static Route post(String path) {
    return new Route(Method.POST, path);
  }

  public static Route put(String path) {
    return new Route(Method.PUT, path);
  }

  public static Route delete(String path) {
    return new Route(Method.DELETE, path);
  }
}
