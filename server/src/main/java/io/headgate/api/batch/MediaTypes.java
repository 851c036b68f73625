package io.headgate.api.batch;

import java.util.Set;

/** Media types of item streams. */
final class MediaTypes {

  static final String CSV = "text/csv";

  /** Media types that clients use for NDJSON. The server writes {@link #NDJSON_RESPONSE}. */
  static final Set<String> NDJSON_TYPES =
      Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");

  static final String NDJSON_RESPONSE = "application/x-ndjson";

  private MediaTypes() {}
}
