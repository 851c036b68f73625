package io.headgate.client;

import org.jspecify.annotations.Nullable;

/**
 * A variant of a template with another size.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param html null for the HTML of the template
 */
public record TemplateLayout(@Nullable String name, int width, int height, @Nullable String html) {}
