package io.headgate.access;

import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import java.util.Map;

/** How one API authenticates: where a request carries its key, and the responses about keys. */
public interface AuthScheme {

  /**
   * The rate of a key.
   *
   * @param limit requests per minute
   * @param remaining requests that are allowed now
   * @param resetSeconds until {@code remaining} is {@code limit} again
   */
  record RateStatus(long limit, long remaining, long resetSeconds) {}

  /**
   * Reads the key of a request.
   *
   * @throws ProblemException when the request has none
   */
  String secret(Request request);

  /** The response to a key that is unknown, expired or revoked. */
  ProblemException wrongKey();

  /** The headers that report the rate in every response to a valid key. */
  Map<String, String> rateHeaders(RateStatus status);
}
