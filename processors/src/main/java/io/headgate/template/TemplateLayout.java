package io.headgate.template;

import org.jspecify.annotations.Nullable;

/**
 * Another size of the same image, with the same variables.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param html its own HTML; null for that of the template
 */
public record TemplateLayout(String name, int width, int height, @Nullable String html) {

  /** The key of the template's own size. */
  public static final String DEFAULT = "default";
}
