package io.headgate.config;

import java.util.List;

/** The configuration is invalid; each sentence names a key and how to correct it. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> sentences;

  ConfigException(List<String> sentences) {
    super(String.join("; ", sentences));
    this.sentences = List.copyOf(sentences);
  }

  public List<String> sentences() {
    return sentences;
  }
}
