package io.headgate.config;

import java.util.List;

/** A configuration nobody can start with; each sentence says what to change. */
public final class ConfigProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> sentences;

  ConfigProblem(List<String> sentences) {
    super(String.join("; ", sentences));
    this.sentences = List.copyOf(sentences);
  }

  public List<String> sentences() {
    return sentences;
  }
}
