package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The input of a template preview.
 *
 * @param variables a JSON object of values; null for none
 * @param layout the key of a layout; null for the template itself
 * @param version null for the newest version
 */
public record TemplatePreview(
    @Nullable JsonNode variables, @Nullable String layout, @Nullable Integer version) {}
