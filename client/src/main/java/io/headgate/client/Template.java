package io.headgate.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template with its newest version.
 *
 * @param uid a short identifier that can be used in place of the id
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param variables the names of the variables
 * @param html null in lists
 * @param layouts null in lists
 */
public record Template(
    String id,
    String uid,
    String name,
    @Nullable String type,
    @Nullable String category,
    @Nullable List<String> tags,
    int version,
    @Nullable String engine,
    @Nullable String outputFormat,
    int width,
    int height,
    @Nullable List<String> variables,
    @Nullable List<TemplateVariable> variableDefinitions,
    @Nullable String html,
    @Nullable Map<String, TemplateLayout> layouts,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt) {}
