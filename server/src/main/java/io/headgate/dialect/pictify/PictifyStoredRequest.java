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
record PictifyStoredRequest(String templateUid, boolean batch, @Nullable Boolean csv) {

  boolean fromCsv() {
    return Boolean.TRUE.equals(csv);
  }

  JsonNode toJson() {
    return VendorJson.toTree(this);
  }

  static PictifyStoredRequest of(@Nullable JsonNode json) {
    return json == null
        ? new PictifyStoredRequest("", false, false)
        : VendorJson.convert(json, PictifyStoredRequest.class);
  }
}
