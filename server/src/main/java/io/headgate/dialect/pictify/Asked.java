package io.headgate.dialect.pictify;

import io.headgate.dialect.VendorJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The part of a request that is stored with its batch, because later responses and webhook messages
 * need it.
 *
 * @param templateUid empty for a render of HTML or of a page
 * @param batch false for a single render
 * @param csv true if the variable sets are the rows of a file; null as false
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
