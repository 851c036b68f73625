package io.headgate.api.batch;

import java.util.Set;

/** Media types of item streams. */
final class MediaTypes {

  static final String CSV = "text/csv";

  /** Media types that clients use for NDJSON. The server writes {@link #NDJSON_WRITTEN}. */
  static final Set<String> NDJSON =
      Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");

  static final String NDJSON_WRITTEN = "application/x-ndjson";

  private MediaTypes() {}
}
