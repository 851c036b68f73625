package io.headgate.template;

import java.util.Locale;
import java.util.Optional;

/** The file format of a render that does not ask for another one. */
public enum OutputFormat {
  IMAGE,
  PDF,
  GIF;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<OutputFormat> of(String word) {
    for (OutputFormat format : values()) {
      if (format.wireName().equals(word)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
