package io.headgate.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template to create, or the new content of an existing one.
 *
 * @param width in CSS pixels; null for 1200
 * @param height in CSS pixels; null for 630
 * @param outputFormat {@code image}, {@code pdf} or {@code gif}; null for an image
 * @param layouts by key
 */
public record NewTemplate(
    String name,
    String html,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String outputFormat,
    @Nullable List<String> tags,
    @Nullable Map<String, TemplateLayout> layouts,
    @Nullable List<TemplateVariable> variableDefinitions) {

  /** A template with the default size and format, without tags, layouts and variables. */
  public static NewTemplate of(String name, String html) {
    return new NewTemplate(name, html, null, null, null, null, null, null);
  }
}
