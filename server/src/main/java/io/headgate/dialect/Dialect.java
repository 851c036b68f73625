package io.headgate.dialect;

import io.headgate.access.AuthScheme;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.webhook.WebhookFormat;
import java.util.List;

/**
 * One vendor's API over the native engine, so that the vendor's clients work after a change of
 * their base URL.
 *
 * <p>A dialect only translates: vendor JSON to vendor record to native request, native view to
 * vendor record to vendor JSON. It uses the engine through the {@code NativeCancelCase...} classes
 * of this package and depends on no other dialect, no database and no other part of the engine.
 */
public interface Dialect {

  /**
   * One lower-case word. It is stored with every batch that is submitted through this dialect, and
   * the dialect finds no other batches.
   */
  String name();

  /** The route table: one operation per line. */
  List<Operation> operations();

  /**
   * The path prefixes of this vendor's API. A request below one of them gets the vendor's errors,
   * even if no operation serves its path.
   */
  List<String> pathPrefixes();

  /**
   * The problem for a path below the prefixes that no operation serves, such as an id with a slash.
   */
  Problem unservedPath(String path);

  /** The formats of this vendor's webhook messages; none by default. */
  default List<WebhookFormat> webhookFormats() {
    return List.of();
  }

  /** Where the vendor's clients send their key, and the rate limit headers that they read. */
  AuthScheme authScheme();

  /** The vendor's error response for a problem: an exhaustive switch over its code. */
  ApiResponse errorResponse(Problem problem);
}
