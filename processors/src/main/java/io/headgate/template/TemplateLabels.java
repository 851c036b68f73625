package io.headgate.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that people give a template. Renders do not use them, so they have no versions. */
public record TemplateLabels(
    String name, @Nullable String type, @Nullable String category, List<String> tags) {

  public TemplateLabels {
    tags = List.copyOf(tags);
  }
}
