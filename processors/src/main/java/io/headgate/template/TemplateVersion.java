package io.headgate.template;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One version of a template: everything a render needs. It never changes, even when the template is
 * changed or deleted.
 *
 * @param uid the short name of the template
 * @param version from 1
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param layouts by key, in the author's order, without {@link TemplateLayout#DEFAULT}
 * @param variables those of the HTML in the order in which they occur, then other declared ones
 */
public record TemplateVersion(
    UUID template,
    String uid,
    int version,
    TemplateLanguage engine,
    OutputFormat outputFormat,
    int width,
    int height,
    String html,
    Map<String, TemplateLayout> layouts,
    List<Variable> variables,
    Instant createdAt) {}
