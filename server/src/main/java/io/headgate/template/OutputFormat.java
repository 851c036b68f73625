package io.headgate.template;

import java.util.Locale;
import java.util.Optional;

/** What is made of a template unless a render asks for something else. */
public enum OutputFormat {
  IMAGE,
  PDF,
  GIF;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<OutputFormat> of(String word) {
    for (OutputFormat format : values()) {
      if (format.word().equals(word)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
