package io.headgate.template;

import org.jspecify.annotations.Nullable;

/**
 * Another shape of the same picture. It shares the variables.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param html of its own; null for that of the template
 */
public record Layout(String name, int width, int height, @Nullable String html) {

  /** The key of the template's own shape. */
  public static final String DEFAULT = "default";
}
