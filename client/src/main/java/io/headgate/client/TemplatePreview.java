package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What to fill a template in with.
 *
 * @param variables an object
 * @param layout null for the template's own shape
 * @param version null for the newest
 */
public record TemplatePreview(
    @Nullable JsonNode variables, @Nullable String layout, @Nullable Integer version) {}
