package io.headgate.dialect;

import io.headgate.access.Manners;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.webhook.Format;
import java.util.List;

/**
 * One vendor's API. It only translates: vendor JSON to vendor record to native request, view to
 * vendor record to vendor JSON. No dialect knows another, the database or the engine's inside.
 */
public interface Dialect {

  /** One lower-case word. Batches that come through it carry it and are found only by it. */
  String name();

  /** The route table: one operation a line. */
  List<Operation> operations();

  /**
   * The paths that are this vendor's, whatever of them is served: each with all below it. A client
   * that asks there expects the vendor's errors.
   */
  List<String> prefixes();

  /** Why there is nothing at a path of this vendor's: an id may have a slash in it. */
  Problem nothing(String path);

  /** How this vendor's webhooks are worded; none unless it has some. */
  default List<Format> formats() {
    return List.of();
  }

  /** Where the vendor's clients put their key, and what they read about rates. */
  Manners manners();

  /** The vendor's error for a problem: an exhaustive switch over its code. */
  Answer refusal(Problem problem);
}
