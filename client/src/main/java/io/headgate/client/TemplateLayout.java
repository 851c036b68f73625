package io.headgate.client;

import org.jspecify.annotations.Nullable;

/**
 * Another shape of the same picture.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param html null for that of the template
 */
public record TemplateLayout(@Nullable String name, int width, int height, @Nullable String html) {}
