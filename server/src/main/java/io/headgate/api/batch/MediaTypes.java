package io.headgate.api.batch;

import java.util.Set;

/** Media types of bodies with many items. */
final class MediaTypes {

  static final String CSV = "text/csv";

  /** The first is what this server writes; people send the others for the same thing. */
  static final Set<String> NDJSON =
      Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");

  static final String NDJSON_WRITTEN = "application/x-ndjson";

  private MediaTypes() {}
}
