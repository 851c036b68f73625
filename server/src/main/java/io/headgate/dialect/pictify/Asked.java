package io.headgate.dialect.pictify;

import io.headgate.dialect.VendorJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must be known of a request later.
 *
 * @param templateUid empty for a picture of HTML or of a page
 * @param batch false for a single render, which is nobody's batch
 */
record Asked(String templateUid, boolean batch) {

  JsonNode json() {
    return VendorJson.tree(this);
  }

  static Asked of(@Nullable JsonNode json) {
    return json == null ? new Asked("", false) : VendorJson.as(json, Asked.class);
  }
}
