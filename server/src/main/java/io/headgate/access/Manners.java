package io.headgate.access;

import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import java.util.Map;

/** How one API is entered: where its key stands, and what it says about keys and rates. */
public interface Manners {

  /**
   * How often the key may still ask.
   *
   * @param limit requests a minute
   * @param left of them, now
   * @param resetSeconds until all of them are left again
   */
  record Standing(long limit, long left, long resetSeconds) {}

  /**
   * The key as it was sent.
   *
   * @throws ProblemException when none was sent
   */
  String secret(Request request);

  /** What a key is told that is unknown, expired or revoked. */
  ProblemException wrongKey();

  /** The headers that tell every keyed caller about its rate. */
  Map<String, String> standing(Standing standing);
}
