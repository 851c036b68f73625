package io.headgate.template;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A template without its HTML, as lists show it.
 *
 * @param uid ten of {@code 0-9A-Z}: its short name
 * @param version the newest
 */
public record TemplateHead(
    UUID id,
    String uid,
    TemplateLabels labels,
    int version,
    TemplateLanguage engine,
    OutputFormat outputFormat,
    int width,
    int height,
    List<Variable> variables,
    Instant createdAt,
    Instant updatedAt) {}
