package io.headgate.http;

/** Hears of every answer, for metrics and logs. */
@FunctionalInterface
public interface Answered {

  /** Does not listen. */
  Answered NOBODY = (path, method, status, nanos) -> {};

  /**
   * @param path as the route writes it, with its parameters in braces; {@code other} for none
   * @param nanos until the answer was known; a stream is sent afterwards
   */
  void answered(String path, String method, int status, long nanos);
}
