package io.headgate.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people call a template; no render looks at it, so it has no versions. */
public record Labels(
    String name, @Nullable String type, @Nullable String category, List<String> tags) {

  public Labels {
    tags = List.copyOf(tags);
  }
}
