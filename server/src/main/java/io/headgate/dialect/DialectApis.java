package io.headgate.dialect;

import io.headgate.access.AccessFilter;
import io.headgate.http.Api;
import java.util.List;

/**
 * Turns dialects into APIs that the HTTP server serves. All share the keys and rate limits of the
 * native API; each has its vendor's authentication headers and errors.
 */
public final class DialectApis {

  private DialectApis() {}

  public static List<Api> apis(List<Dialect> dialects, AccessFilter gate) {
    return dialects.stream().map(dialect -> api(dialect, gate)).toList();
  }

  private static Api api(Dialect dialect, AccessFilter gate) {
    return new Api(
        dialect.operations(),
        gate.forApi(dialect.authScheme(), dialect::errorResponse),
        dialect::errorResponse,
        new Api.PathPrefixes(dialect.pathPrefixes(), dialect::unservedPath));
  }
}
