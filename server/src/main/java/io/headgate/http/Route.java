package io.headgate.http;

/**
 * Method and path of an operation.
 *
 * @param path with parameters in braces, such as {@code /v1/batches/{id}}; starts with a slash and
 *     does not end with one. Requests may add a trailing slash.
 */
public record Route(HttpMethod method, String path) {

  public Route {
    if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
      throw new IllegalArgumentException(
          "A path must start with a slash and not end with one; got " + path + ".");
    }
  }

  public static Route get(String path) {
    return new Route(HttpMethod.GET, path);
  }

  public static Route post(String path) {
    return new Route(HttpMethod.POST, path);
  }

  public static Route put(String path) {
    return new Route(HttpMethod.PUT, path);
  }

  public static Route delete(String path) {
    return new Route(HttpMethod.DELETE, path);
  }
}
