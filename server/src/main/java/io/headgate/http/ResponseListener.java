package io.headgate.http;

/** Is called for every response, for metrics and logs. */
@FunctionalInterface
public interface ResponseListener {

  /** Does nothing. */
  ResponseListener NONE = (path, method, status, nanos) -> {};

  /**
   * Called before the response is sent.
   *
   * @param path the path of the route, with its parameters in braces; {@code other} without a route
   * @param method the HTTP method, or {@code other}
   * @param nanos time until the response was complete; for a stream, until it was about to start
   */
  void onResponse(String path, String method, int status, long nanos);
}
