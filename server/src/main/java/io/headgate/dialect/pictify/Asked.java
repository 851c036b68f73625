package io.headgate.dialect.pictify;

import io.headgate.dialect.VendorJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must be known of a request later.
 *
 * @param templateUid empty for a picture of HTML or of a page
 * @param batch false for a single render, which is nobody's batch
 * @param csv true when its variable sets are the rows of a file
 */
record Asked(String templateUid, boolean batch, @Nullable Boolean csv) {

  boolean ofCsv() {
    return Boolean.TRUE.equals(csv);
  }

  JsonNode json() {
    return VendorJson.tree(this);
  }

  static Asked of(@Nullable JsonNode json) {
    return json == null ? new Asked("", false, false) : VendorJson.as(json, Asked.class);
  }
}
